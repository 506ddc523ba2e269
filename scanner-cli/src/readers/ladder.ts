import type { ReadInputBarcodeFormat } from 'zxing-wasm/reader';
import type { Reading } from './code.js';
import { jsqrGrey } from './jsqr.js';
import type { Grey, Preparation } from './photo.js';
import { zxingGrey } from './zxing.js';

/** One way to look at a photograph: how it is prepared, and who decodes it. */
export interface Rung {
  readonly name: string;
  readonly prepare?: Preparation;
  readonly decode: (grey: Grey) => Promise<readonly Reading[]>;
}

const zxing = async (grey: Grey): Promise<readonly Reading[]> => zxingGrey(grey);
const denoised = async (grey: Grey): Promise<readonly Reading[]> => zxingGrey(grey, { denoise: true });
const oneThreshold = async (grey: Grey): Promise<readonly Reading[]> =>
  zxingGrey(grey, { binarizer: 'GlobalHistogram', denoise: true });
const jsqr = (grey: Grey): Promise<readonly Reading[]> => {
  const reading = jsqrGrey(grey);
  return Promise.resolve(reading ? [reading] : []);
};
const OTHER_SYMBOLOGIES: readonly ReadInputBarcodeFormat[] = [
  'DataMatrix',
  'Code128',
  'EAN13',
  'MicroQRCode',
  'RMQRCode',
  'Aztec',
];
const others = async (grey: Grey): Promise<readonly Reading[]> =>
  zxingGrey(grey, { formats: OTHER_SYMBOLOGIES });

const scaled =
  (factor: number): Preparation =>
  (picture, width) =>
    picture.resize(Math.max(32, Math.round(width * factor)), null, { kernel: 'cubic' });

const SMALL: Preparation = scaled(0.5);
const LARGE: Preparation = scaled(2);
const CALM: Preparation = (picture) => picture.median(3);
const SOFT: Preparation = (picture) => picture.blur(1.2);
const CRISP: Preparation = (picture) => picture.sharpen({ sigma: 2, m1: 2, m2: 4 });
const LARGE_CRISP: Preparation = (picture, width, height) =>
  LARGE(picture, width, height).sharpen({ sigma: 3, m1: 3, m2: 6 });
const LARGE_CALM: Preparation = (picture, width, height) => LARGE(picture.median(3), width, height);
const EVEN_LIGHT: Preparation = (picture, width, height) =>
  picture.clahe({ width: cell(width), height: cell(height), maxSlope: 3 });
const TURNED: Preparation = (picture) => picture.rotate(20, { background: 'white' });

function cell(length: number): number {
  return Math.max(8, Math.round(length / 8));
}

/**
 * The order in which a photograph that was not read at first sight is looked at again: the cheap and the most often
 * successful first. The list is the bound: each rung is tried at most once.
 */
export const ladder: readonly Rung[] = [
  { name: 'white background', decode: zxing },
  { name: 'one threshold', decode: oneThreshold },
  { name: 'turned', prepare: TURNED, decode: zxing },
  { name: 'soft', prepare: SOFT, decode: zxing },
  { name: 'smaller', prepare: SMALL, decode: zxing },
  { name: 'holes closed', decode: denoised },
  { name: 'jsQR', decode: jsqr },
  { name: 'other symbologies', decode: others },
  { name: 'other symbologies, smaller', prepare: SMALL, decode: others },
  { name: 'other symbologies, soft', prepare: SOFT, decode: others },
  { name: 'median', prepare: CALM, decode: denoised },
  { name: 'soft, one threshold', prepare: SOFT, decode: oneThreshold },
  { name: 'soft, jsQR', prepare: SOFT, decode: jsqr },
  { name: 'smaller, jsQR', prepare: SMALL, decode: jsqr },
  { name: 'crisp', prepare: CRISP, decode: zxing },
  { name: 'larger and crisp', prepare: LARGE_CRISP, decode: zxing },
  { name: 'larger and calm', prepare: LARGE_CALM, decode: denoised },
  { name: 'even light', prepare: EVEN_LIGHT, decode: denoised },
  { name: 'median, jsQR', prepare: CALM, decode: jsqr },
];
