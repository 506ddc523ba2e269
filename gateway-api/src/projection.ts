import { setTimeout as pause } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { ReadModel, VisibleEvent } from './ports.js';
import { Projector, type ProjectorObserver, type projectorMetrics } from './projector/index.js';
import { eventRecord } from './event-record.js';
import { Views } from './read-model.js';
import { openStore, type Store } from './store/index.js';
import { positionOf, readPosition, views } from './views/index.js';

const reopenMilliseconds = 1_000;

/**
 * The read model of a running gateway: opens the store as soon as it can be opened, keeps the projector running on it, and
 * answers out of its views. Until the store is there every question is answered with HL-5022; while it holds another ledger,
 * with HL-5020.
 */
export class Projection extends Views implements ReadModel {
  private readonly stopping = new AbortController();
  private opened: { readonly store: Store; readonly projector: Projector } | undefined;
  private opening: Promise<void> | undefined;
  private refused: HuilianError | undefined;

  constructor(
    private readonly config: Config,
    private readonly ledgerId: string,
    private readonly ledger: LedgerConnection,
    private readonly log: Logger,
    private readonly metrics: ReturnType<typeof projectorMetrics>,
  ) {
    super(() => this.running().store);
  }

  start(): void {
    this.opening ??= this.openUntilDone();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.opening;
    await this.opened?.projector.stop();
    await this.opened?.store.close();
  }

  /** How far the read model is behind, in blocks and seconds. */
  async lag(): Promise<{ readonly blocks: number | undefined; readonly seconds: number }> {
    return this.running().projector.lag();
  }

  /** For how long a block of the running ledger has waited to be shown, in milliseconds. */
  get behind(): number {
    return this.opened?.projector.behind ?? 0;
  }

  /** What the store answers, when it answers. */
  async probeStore(): Promise<{ store: string; block: number }> {
    const { store } = this.running();
    return { store: store.kind, block: (await store.checkpoint())?.number ?? -1 };
  }

  /** What keeps the projector from following. */
  get fault(): HuilianError | undefined {
    return this.opened?.projector.fault;
  }

  async waitFor(block: number, milliseconds: number): Promise<void> {
    await this.running().projector.waitFor(block, milliseconds);
  }

  async *events(after: string | undefined, signal: AbortSignal): AsyncGenerator<VisibleEvent, void, void> {
    const place = after === undefined ? undefined : readPosition(after);
    const { projector } = this.running();
    for await (const { document, parties } of projector.follow(
      place === undefined ? undefined : positionOf(place),
      signal,
    )) {
      yield { record: eventRecord(document), parties };
    }
  }

  private running(): { readonly store: Store; readonly projector: Projector } {
    if (this.opened === undefined) throw this.refused ?? new HuilianError('HL-5022');
    if (this.fault?.code === 'HL-5020') throw this.fault;
    return this.opened;
  }

  private async openUntilDone(): Promise<void> {
    let told = '';
    while (this.opened === undefined && !this.stopping.signal.aborted) {
      try {
        await this.open();
      } catch (error) {
        this.refused = error instanceof HuilianError && error.code === 'HL-5020' ? error : undefined;
        const reason = String(error);
        if (reason !== told) this.log.warn({ err: error }, 'the store cannot be used yet');
        told = reason;
        await pause(reopenMilliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async open(): Promise<void> {
    const { MONGODB_URI: mongodbUri, readModelDirectory: directory } = this.config;
    const store = await openStore({ mongodbUri, directory }, views);
    await this.requireOwn(store).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    const projector = new Projector({
      store,
      views,
      source: this.ledger,
      ledger: this.ledgerId,
      observer: this.observer(),
    });
    this.metrics.watch(projector);
    this.opened = { store, projector };
    projector.start();
  }

  /** @throws HL-5020 when another ledger was projected into the store */
  private async requireOwn(store: Store): Promise<void> {
    const last = await store.checkpoint();
    if (last !== undefined && last.ledger !== this.ledgerId)
      throw new HuilianError('HL-5020', { store: last.ledger, network: this.ledgerId });
  }

  private observer(): ProjectorObserver {
    const { observer } = this.metrics;
    return {
      ...observer,
      interrupted: (error) => {
        observer.interrupted?.(error);
        this.log.warn({ err: error }, 'reading blocks was interrupted');
      },
      rebuilding: (reason) => {
        observer.rebuilding?.(reason);
        this.log.info({ reason }, 'the read model is rebuilt');
      },
    };
  }
}
