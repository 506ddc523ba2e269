import type { Tag } from '../tags/tag.js';

/** The frame number of a vehicle, made of a text that no other one has: its id, or the nonce of its registration. */
export function numbered(text: string): Tag[] {
  return [{ scheme: 'serial', value: text }];
}
