export { initKey, listKeys, loadKey } from './key-store.js';
export { isKeyName, keyFolder } from './places.js';
export { newItem, random16 } from './random.js';
export { checkOwner, type StoredKey } from './stored-key.js';
