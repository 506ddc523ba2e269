import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Writes, and waits until there is room for more.
 *
 * @throws what the stream was stopped with
 */
export async function written(stream: Writable, chunk: unknown): Promise<void> {
  if (stream.destroyed) throw stream.errored ?? new Error('closed');
  if (!stream.write(chunk)) await once(stream, 'drain');
}

/** Stops a stream for whoever writes to it; that nobody else listens is no fault. */
export function stopped(stream: Writable, reason: Error): void {
  stream.on('error', () => undefined);
  stream.destroy(reason);
}
