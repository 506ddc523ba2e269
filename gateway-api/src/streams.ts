import { HttpError } from './http/problem.js';

/** Event streams that are open, so that they can be counted, bounded and closed when the gateway stops. */
export class Streams {
  private readonly open = new Map<AbortController, string>();
  private stopping = false;

  constructor(private readonly most: number) {}

  /** Streams of one caller: a tenth, so that nobody keeps the others out. */
  get mostOfOne(): number {
    return Math.max(1, Math.ceil(this.most / 10));
  }

  get size(): number {
    return this.open.size;
  }

  /**
   * Notes a stream.
   *
   * @param caller who asks; each may hold {@link mostOfOne}.
   * @returns a signal that fires when the client has gone or the gateway stops, and what to call at the end.
   * @throws HttpError HL-4032 when too many are open, HL-4050 when the gateway is stopping.
   */
  enter(caller: string, gone: AbortSignal): { readonly signal: AbortSignal; readonly leave: () => void } {
    if (this.stopping) throw new HttpError('HL-4050');
    const own = [...this.open.values()].filter((other) => other === caller).length;
    if (this.open.size >= this.most || own >= this.mostOfOne) throw new HttpError('HL-4032');
    const controller = new AbortController();
    const leave = (): void => {
      gone.removeEventListener('abort', stop);
      this.open.delete(controller);
    };
    const stop = (): void => {
      controller.abort();
    };
    gone.addEventListener('abort', stop, { once: true });
    if (gone.aborted) controller.abort();
    this.open.set(controller, caller);
    return { signal: controller.signal, leave };
  }

  stop(): void {
    this.stopping = true;
    for (const controller of this.open.keys()) controller.abort();
  }
}
