import decode, { type QRCode } from 'jsqr';
import type { Reading } from './code.js';
import { rgbaOf, type Grey } from './photo.js';

// The package is CommonJS and exports its function as `default` as well; Node gives the module object.
const jsQR = (typeof decode === 'function' ? decode : (decode as { default: unknown }).default) as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
  options?: { inversionAttempts?: 'dontInvert' | 'attemptBoth' },
) => QRCode | null;

/** The second opinion: one QR code by jsQR, or none. */
export function jsqrGrey(grey: Grey): Reading | undefined {
  const { width, height } = grey;
  const found = jsQR(rgbaOf(grey), width, height, { inversionAttempts: 'attemptBoth' });
  if (!found || found.data === '' || !isWhole(found)) return undefined;
  const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = found.location;
  return {
    symbology: 'QRCode',
    text: found.data,
    margin: 0,
    corrected: false, // it does correct, but does not say how much
    corners: [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner].map(
      ({ x, y }) => [x / width, y / height] as const,
    ),
  };
}

/** jsQR leaves out bytes that are not UTF-8, and ignores character sets that a code declares. */
function isWhole(code: QRCode): boolean {
  return code.chunks.every((chunk) => {
    const mode: string = chunk.type;
    if (mode === 'eci') return false;
    return !('bytes' in chunk) || chunk.bytes.length === 0 || ('text' in chunk && chunk.text !== '');
  });
}
