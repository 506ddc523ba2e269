import { tableAt, type TablesOnRecord } from '../model/tables-on-record.js';
import type { RuleRow } from '../model/rows.js';
import { STORAGE_LIMIT_TABLE } from './storage-limits.js';

/** Name of the rule table that says where stations are: code → [latitude, longitude], in millionths of a degree. */
export const STATION_TABLE = 'stations';

/** Name of the rule table that says from when on something is a finding; what it does not name is not looked for. */
export const FINDING_TABLE = 'findingLimits';

/** Members of the table {@link FINDING_TABLE}. */
export const FINDING_LIMITS = [
  /** Faster than this, in kilometres an hour, no truck drives between two stations. */
  'truckKmPerHour',
  /** By so many seconds two devices may differ. */
  'clockSlackSeconds',
  /** What is recorded so many seconds after it happened is back-filled. */
  'backfillSeconds',
  /** By so much, per thousand, an acceptance may exceed what was handed over, and a unit that is weighed in what it weighed before. */
  'acceptedAbovePermille',
] as const;
export type FindingLimit = (typeof FINDING_LIMITS)[number];

/** Where something is, in millionths of a degree. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** True for the tables that detectors read. */
export function isFindingTable(name: string): boolean {
  return name === STATION_TABLE || name === FINDING_TABLE || name === STORAGE_LIMIT_TABLE;
}

/** A limit in force at a time, or undefined where no table has it. */
export function limitAt(tables: TablesOnRecord, name: FindingLimit, time: number): number | undefined {
  const value = tableAt(tables, FINDING_TABLE, time)?.[name];
  return typeof value === 'number' ? value : undefined;
}

/** Where a station is, or undefined where no table tells. */
export function stationAt(tables: TablesOnRecord, code: string, time: number): Coordinates | undefined {
  const table = tableAt(tables, STATION_TABLE, time);
  return table && Object.hasOwn(table, code) ? coordinatesOf(table[code]) : undefined;
}

/** True when a table holds coordinates and nothing else. */
export function areStations(table: RuleRow['table']): boolean {
  return Object.values(table).every((value) => coordinatesOf(value) !== undefined);
}

/** True when a table holds limits and nothing else. */
export function areFindingLimits(table: RuleRow['table']): boolean {
  return Object.entries(table).every(
    ([name, value]) =>
      FINDING_LIMITS.some((known) => known === name) && typeof value === 'number' && value >= 0,
  );
}

function coordinatesOf(value: RuleRow['table'][string] | undefined): Coordinates | undefined {
  if (typeof value !== 'object' || value.length !== 2) return undefined;
  const [latitude, longitude] = value;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  const exists = Math.abs(latitude) <= 90_000_000 && Math.abs(longitude) <= 180_000_000;
  return exists ? { latitude, longitude } : undefined;
}
