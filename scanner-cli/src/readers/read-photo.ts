import { HuilianError } from '@huilian/core';
import type { Code, Reading } from './code.js';
import { ladder, type Rung } from './ladder.js';
import { greyOf, openPhoto, preparedGrey, type Grey, type Photo, type Preparation } from './photo.js';
import { zxingFile, zxingGrey } from './zxing.js';

/** A reading that leaves less of the error correction unused than this asks for a second opinion. */
const CERTAIN_MARGIN = 0.1;
/** Photographs up to this many pixels go to the decoder as they are; larger ones are scaled down first. */
const DIRECT_PIXELS = 12_000_000;
/** Photographs are scaled down to so many pixels for the ladder: preparations cost time, and few codes need more. */
const LADDER_PIXELS = 2_500_000;
/** After so long no further rung is begun, so that one bad photograph does not hold up a morning's intake. */
const LADDER_MILLISECONDS = 15_000;

/**
 * Reads the codes of a photograph: zxing at first sight, then a bounded ladder of preparations with jsQR as the second
 * opinion. A doubtful reading is accepted when a second one says the same, or when zxing's error correction held and no
 * rung of the ladder says otherwise.
 *
 * @returns the codes in the order in which the decoder found them, at least one
 * @throws HuilianError HL-7001 no code, HL-7002 to HL-7005 for the file, HL-7006 when readings contradict one another
 */
export async function readPhoto(file: string): Promise<readonly Code[]> {
  const photo = await openPhoto(file);
  const first = await atFirstSight(photo);
  if (first.length > 0 && first.every(isCertain)) return codesOf(first);
  return climb(file, photo, first);
}

async function atFirstSight(photo: Photo): Promise<readonly Reading[]> {
  if (photo.width * photo.height <= DIRECT_PIXELS) return zxingFile(photo);
  return zxingGrey(await greyOf(photo, DIRECT_PIXELS));
}

function isCertain(reading: Reading): boolean {
  return reading.margin >= CERTAIN_MARGIN;
}

/** Tries rung after rung until a reading is certain or confirmed. */
async function climb(file: string, photo: Photo, first: readonly Reading[]): Promise<readonly Code[]> {
  const doubtful: Reading[] = [...first];
  const prepared = new Pictures(photo);
  const end = performance.now() + LADDER_MILLISECONDS;
  for (const rung of ladder) {
    if (performance.now() > end) break;
    const readings = await rung.decode(await prepared.of(rung));
    const accepted = readings.filter((reading) => isCertain(reading) || isConfirmed(reading, doubtful));
    if (accepted.length > 0 && !accepted.some((reading) => contradicts(reading, doubtful)))
      return codesOf(accepted);
    doubtful.push(...readings);
  }
  const unopposed = doubtful.filter((reading) => reading.corrected && !contradicts(reading, doubtful));
  if (unopposed.length > 0) return codesOf(unopposed);
  throw new HuilianError(doubtful.length > 0 ? 'HL-7006' : 'HL-7001', { file });
}

function isConfirmed(reading: Reading, others: readonly Reading[]): boolean {
  return others.some((other) => other.text === reading.text && other.symbology === reading.symbology);
}

/** Two readings of the same place of the photograph with different content. */
function contradicts(reading: Reading, others: readonly Reading[]): boolean {
  return others.some(
    (other) =>
      other.text !== reading.text && other.symbology === reading.symbology && overlaps(reading, other),
  );
}

function overlaps(one: Reading, other: Reading): boolean {
  const [x, y] = centre(one);
  const [otherX, otherY] = centre(other);
  return Math.hypot(x - otherX, y - otherY) < 0.1;
}

function centre({ corners }: Reading): readonly [number, number] {
  const sum = corners.reduce<readonly [number, number]>(
    ([x, y], corner) => [x + corner[0], y + corner[1]],
    [0, 0],
  );
  return [sum[0] / corners.length, sum[1] / corners.length];
}

/** Each code once, without what only the ladder needs to know. */
function codesOf(readings: readonly Reading[]): readonly Code[] {
  const codes = readings.map(({ symbology, text, bytes }) => ({
    symbology,
    text,
    ...(bytes === undefined ? {} : { bytes }),
  }));
  return codes.filter((code, place) => codes.findIndex((other) => same(other, code)) === place);
}

function same(one: Code, other: Code): boolean {
  return one.symbology === other.symbology && one.text === other.text;
}

/** Prepared pictures of one photograph, each made once. */
class Pictures {
  readonly #made = new Map<Preparation | undefined, Promise<Grey>>();

  constructor(private readonly photo: Photo) {}

  of({ prepare }: Pick<Rung, 'prepare'>): Promise<Grey> {
    const known = this.#made.get(prepare);
    if (known) return known;
    const made = prepare
      ? this.of({}).then((plain) => preparedGrey(plain, prepare))
      : greyOf(this.photo, LADDER_PIXELS);
    this.#made.set(prepare, made);
    return made;
  }
}
