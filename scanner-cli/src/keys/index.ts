export { initKey, listKeys, loadKey } from './key-store.js';
export { keyFolder } from './places.js';
export { newItem, newPrivateKey, random16 } from './random.js';
export type { StoredKey } from './stored-key.js';
