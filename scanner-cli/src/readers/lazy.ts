import type { Code } from './code.js';

/** As `readPhoto`, loading the decoders when the first photograph is read: most commands never do. */
export async function photographed(file: string): Promise<readonly Code[]> {
  const { readPhoto } = await import('./read-photo.js');
  return readPhoto(file);
}
