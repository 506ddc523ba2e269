export { makeLabelPhoto, type LabelPhotoOptions } from './labels/index.js';
