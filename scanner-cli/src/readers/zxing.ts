import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  prepareZXingModule,
  readBarcodes,
  type ReadInputBarcodeFormat,
  type ReaderOptions,
  type ReadResult,
} from 'zxing-wasm/reader';
import type { Reading } from './code.js';
import { rgbaOf, type Grey, type Photo } from './photo.js';

/** How zxing turns shades into black and white, and whether it closes small holes first. */
export interface ZxingOptions {
  readonly binarizer?: 'LocalAverage' | 'GlobalHistogram';
  readonly denoise?: boolean;
  readonly formats?: readonly ReadInputBarcodeFormat[];
}

let ready: Promise<unknown> | undefined;

/** Loads the decoder from its package on disk. By default it would fetch it from a public host. */
function prepared(): Promise<unknown> {
  ready ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then(
    (wasm) =>
      prepareZXingModule({
        overrides: {
          wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength),
        },
        fireImmediately: true,
      }),
  );
  return ready;
}

function optionsOf({ binarizer, denoise, formats }: ZxingOptions): ReaderOptions {
  return {
    formats: [...(formats ?? ['QRCode'])],
    textMode: 'Plain',
    binarizer: binarizer ?? 'LocalAverage',
    tryDenoise: denoise ?? false,
    minLineCount: 4, // a barcode of lines has little redundancy of its own
    maxNumberOfSymbols: 64,
  };
}

/** Reads the codes of a photograph straight from its file's bytes, the fastest way. */
export async function zxingFile(photo: Photo): Promise<Reading[]> {
  await prepared();
  const found = await readBarcodes(photo.bytes, optionsOf({}));
  return found.filter(isSound).map((result) => readingOf(result, photo.width, photo.height));
}

/** Reads the codes of grey shades. */
export async function zxingGrey(grey: Grey, options: ZxingOptions = {}): Promise<Reading[]> {
  await prepared();
  const { width, height } = grey;
  const found = await readBarcodes(
    { data: rgbaOf(grey), width, height, colorSpace: 'srgb' },
    optionsOf(options),
  );
  return found.filter(isSound).map((result) => readingOf(result, width, height));
}

function isSound(result: ReadResult): boolean {
  return result.isValid && result.bytes.length > 0;
}

function readingOf(result: ReadResult, width: number, height: number): Reading {
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position;
  const margin = marginOf(result.extra);
  return {
    symbology: result.format,
    ...contentOf(result),
    margin: margin ?? 0,
    corrected: margin !== undefined,
    corners: [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => [x / width, y / height] as const),
  };
}

function contentOf(result: ReadResult): { text: string; bytes?: string } {
  const bytes = Buffer.from(result.bytes);
  if (result.contentType !== 'Binary') return { text: result.text };
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return { text };
  return { text: bytes.toString('latin1'), bytes: bytes.toString('base64') };
}

/** zxing-cpp reports the unused error correction of matrix codes as `UEC`; codes of lines have none to report. */
function marginOf(extra: string): number | undefined {
  try {
    const { UEC } = JSON.parse(extra) as { UEC?: unknown };
    return typeof UEC === 'number' ? UEC : undefined;
  } catch {
    return undefined;
  }
}
