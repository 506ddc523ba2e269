import { readFile, stat } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';
import sharp, { type Sharp } from 'sharp';

/** Largest file that is read, in bytes. */
export const MAX_PHOTO_BYTES = 64 * 1024 * 1024;
/** Most pixels of a photograph. A larger one is refused by its header, before a pixel is decoded. */
export const MAX_PHOTO_PIXELS = 100_000_000;
const DECODE_SECONDS = 20;

// One photograph after another is decoded; threads and a cache of the library would only hold memory.
sharp.cache(false);

/** A photograph whose header was read and whose size is within bounds. */
export interface Photo {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Grey shades of a photograph, one byte a pixel. */
export interface Grey {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a photograph's file and header.
 *
 * @throws HuilianError HL-7002 unreadable file, HL-7003 not PNG, JPEG or WebP, HL-7004 damaged, HL-7005 over a bound
 */
export async function openPhoto(file: string): Promise<Photo> {
  const bytes = await readBounded(file);
  if (!isPicture(bytes)) throw new HuilianError('HL-7003', { file });
  let header;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new HuilianError('HL-7004', { file }, { cause });
  }
  const { width, height } = header;
  if (width * height > MAX_PHOTO_PIXELS) throw new HuilianError('HL-7005', { file, width, height });
  return { bytes, width, height };
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const about = await stat(file);
    if (!about.isFile()) throw new HuilianError('HL-7002', { file });
    if (about.size > MAX_PHOTO_BYTES) throw new HuilianError('HL-7005', { file, bytes: about.size });
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof HuilianError) throw cause;
    throw new HuilianError('HL-7002', { file }, { cause });
  }
}

/** The formats are told by their first bytes, so that no other decoder (SVG, PDF) is ever given a file. */
function isPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return (
    start.startsWith('\x89PNG\r\n\x1a\n') ||
    start.startsWith('\xff\xd8\xff') ||
    (start.startsWith('RIFF') && start.slice(8) === 'WEBP')
  );
}

/**
 * Decodes a photograph to grey shades on white.
 *
 * @param mostPixels a larger photograph is scaled down to so many
 * @throws HuilianError HL-7004 when the pixels cannot be decoded
 */
export async function greyOf(photo: Photo, mostPixels: number): Promise<Grey> {
  const scale = Math.min(1, Math.sqrt(mostPixels / (photo.width * photo.height)));
  const [width, height] = [Math.ceil(photo.width * scale), Math.ceil(photo.height * scale)];
  const base = sharp(photo.bytes, { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error' })
    .flatten({ background: 'white' })
    .greyscale();
  return decoded(scale < 1 ? base.resize(width, height, { fit: 'fill' }) : base);
}

/** What is done to a photograph before it is decoded once more. */
export type Preparation = (picture: Sharp, width: number, height: number) => Sharp;

/** Grey shades after a preparation. @throws HuilianError HL-7004 */
export async function preparedGrey(grey: Grey, prepare: Preparation): Promise<Grey> {
  const { pixels, width, height } = grey;
  return decoded(prepare(sharp(pixels, { raw: { width, height, channels: 1 } }), width, height));
}

async function decoded(picture: Sharp): Promise<Grey> {
  try {
    const { data, info } = await picture
      .timeout({ seconds: DECODE_SECONDS })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { pixels: data, width: info.width, height: info.height };
  } catch (cause) {
    throw new HuilianError('HL-7004', {}, { cause });
  }
}

/** Grey shades as the four channels that decoders take. */
export function rgbaOf({ pixels }: Grey): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  const words = new Uint32Array(rgba.buffer);
  for (let at = 0; at < pixels.length; at++) words[at] = ((pixels[at] ?? 0) * 0x010101 + 0xff000000) >>> 0;
  return rgba;
}
