export type { Code } from './code.js';
export { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS } from './photo.js';
export { readPhoto } from './read-photo.js';
