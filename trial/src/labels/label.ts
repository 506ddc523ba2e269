import { create } from 'qrcode';
import { glyph } from './font.js';
import { blank, fill, type Raster } from './raster.js';

const MODULE = 8;
const QUIET = 4;
const LINE = 60;

/** What is printed: a QR code and up to 30 characters below it. */
export interface LabelContent {
  readonly text: string;
  readonly caption: string;
  readonly errorCorrection: 'L' | 'M' | 'Q' | 'H';
}

/** The printed label seen from straight above: border, code with its quiet zone, caption. */
export function drawLabel(content: LabelContent): Raster {
  const { modules } = create(content.text, { errorCorrectionLevel: content.errorCorrection });
  const code = (modules.size + 2 * QUIET) * MODULE;
  const label = blank(code, code + LINE);
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) !== 0) {
        fill(label, (column + QUIET) * MODULE, (row + QUIET) * MODULE, MODULE, MODULE, 20);
      }
    }
  }
  print(label, content.caption, code + 10);
  frame(label, 3);
  return label;
}

function print(label: Raster, caption: string, top: number): void {
  const dot = Math.max(
    1,
    Math.min(4, Math.floor((label.width - 2 * MODULE) / (Math.max(1, caption.length) * 6))),
  );
  Array.from(caption)
    .slice(0, 30)
    .forEach((character, position) => {
      glyph(character).forEach((bits, row) => {
        Array.from(bits).forEach((bit, column) => {
          if (bit === '1') fill(label, MODULE + (position * 6 + column) * dot, top + row * dot, dot, dot, 20);
        });
      });
    });
}

function frame(label: Raster, thickness: number): void {
  fill(label, 0, 0, label.width, thickness, 60);
  fill(label, 0, label.height - thickness, label.width, thickness, 60);
  fill(label, 0, 0, thickness, label.height, 60);
  fill(label, label.width - thickness, 0, thickness, label.height, 60);
}
