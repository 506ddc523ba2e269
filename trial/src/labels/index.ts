export { makeLabelPhoto, type LabelPhotoOptions } from './photo.js';
