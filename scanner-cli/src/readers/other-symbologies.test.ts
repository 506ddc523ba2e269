import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer';
import { readPhoto } from './read-photo.js';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-codes-'));
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A picture of a code on white, as a label printer makes it, turned a little. */
async function print(format: WriteInputBarcodeFormat, text: string): Promise<string> {
  const { image, error } = await writeBarcode(text, { format, scale: 4 });
  if (!image) throw new Error(error);
  const file = join(folder, `${format}.png`);
  const border = { top: 40, bottom: 40, left: 40, right: 40, background: 'white' };
  const code = sharp(Buffer.from(await image.arrayBuffer()))
    .flatten({ background: 'white' })
    .extend(border);
  writeFileSync(file, await code.rotate(2, { background: 'white' }).png().toBuffer());
  return file;
}

describe('a label without a QR code', () => {
  it.each<[WriteInputBarcodeFormat, string]>([
    ['DataMatrix', 'https://id.example/01/09506000134352/21/A1'],
    ['Code128', 'LSVAM4186C2123456'],
    ['EAN13', '9506000134352'],
    ['Aztec', 'serial:AZ-1'],
  ])('is read by its %s', async (format, text) => {
    const [code, ...more] = await readPhoto(await print(format, text));
    expect(code).toMatchObject({ text });
    expect(code?.symbology).toContain(format);
    expect(more).toEqual([]);
  });
});
