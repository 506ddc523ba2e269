import type { TablesOnRecord } from '../model/tables-on-record.js';
import type { Found, LastPlace, SeenEvent } from './finding.js';
import { limitAt, stationAt, type Coordinates } from './tables.js';

/** Length of a degree of a great circle, in metres. */
const METRES_OF_DEGREE = 111_195;
const MILLION = 1_000_000;
const COSINE_ONE = 100_000;

/**
 * Metres between two places as the crow flies, to about one in a hundred within China, in whole numbers, which every machine
 * computes alike.
 */
export function metresBetween(a: Coordinates, b: Coordinates): number {
  const apart = Math.abs(a.longitude - b.longitude);
  const around = Math.min(apart, 360 * MILLION - apart);
  const east = Math.floor((around * cosineOf(Math.abs(a.latitude + b.latitude))) / COSINE_ONE);
  const [x, y] = [east, Math.abs(a.latitude - b.latitude)].map((angle) =>
    Math.floor((angle * METRES_OF_DEGREE) / MILLION),
  ) as [number, number];
  return wholeRoot(x * x + y * y);
}

/** Bhaskara's cosine, right to 0.2 %, in parts of {@link COSINE_ONE}. @param twice the angle twice, in millionths of a degree */
function cosineOf(twice: number): number {
  const thousandths = Math.floor(twice / 2_000);
  const square = thousandths * thousandths;
  return Math.floor((4 * COSINE_ONE * (8_100 * MILLION - square)) / (32_400 * MILLION + square));
}

/** The whole part of a square root, by Newton's method from above. */
function wholeRoot(square: number): number {
  if (square < 2) return square;
  let root = square;
  for (let next = Math.ceil(square / 2); next < root;) {
    root = next;
    next = Math.floor((root + Math.floor(square / root)) / 2);
  }
  return root;
}

/** A tag is read at two stations in less time than a truck needs from one to the other. */
export function ofPlaces(
  { id, event, time }: SeenEvent,
  last: LastPlace | undefined,
  tables: TablesOnRecord,
): readonly Found[] {
  const { station } = event;
  if (!('item' in event) || station === undefined || last === undefined || last.station === station)
    return [];
  const [here, there] = [stationAt(tables, station, time), stationAt(tables, last.station, time)];
  const speed = limitAt(tables, 'truckKmPerHour', time);
  if (!here || !there || speed === undefined) return [];
  const metres = metresBetween(here, there);
  const seconds = Math.abs(event.time - last.time);
  const slack = limitAt(tables, 'clockSlackSeconds', time) ?? 0;
  if (metres * 3_600 <= speed * 1_000 * (seconds + slack)) return [];
  const evidence = { stations: [last.station, station], events: [last.event, id], metres, seconds };
  return [{ kind: 'twoPlaces', items: [event.item], evidence }];
}

/** Where an item is after an event: what is refused tells of a reading, and does not move the thing. */
export function placeAfter(
  { id, event, verdict }: SeenEvent,
  last: LastPlace | undefined,
): LastPlace | undefined {
  if (event.station === undefined || verdict !== 'accepted') return undefined;
  return last !== undefined && last.time > event.time
    ? undefined
    : { station: event.station, time: event.time, event: id };
}
