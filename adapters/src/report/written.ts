import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes, and waits until there is room for more. */
export async function written(stream: Writable, chunk: unknown): Promise<void> {
  if (!stream.write(chunk)) await once(stream, 'drain');
}
