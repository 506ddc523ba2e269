export { readPhoto, type Code } from './readers/index.js';
