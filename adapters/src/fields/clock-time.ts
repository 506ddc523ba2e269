import { fault, type Reading } from './reading.js';

/** A time of day and how far its clock is ahead of UTC. */
export interface ClockTime {
  readonly secondOfDay: number;
  readonly offsetSeconds: number;
}

const CHINA = 8 * 3600;
const PATTERN =
  /^([0-9]{1,2})\s*(?::|时|点)\s*([0-9]{1,2})(?:\s*(?::|分)\s*([0-9]{1,2})(?:\.[0-9]{1,9})?)?\s*[分秒]?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?$/i;

/**
 * Reads `14:30`, `14:30:05`, `14:30:05.250`, `14时30分05秒`, `14:30Z`, `14:30+08:00`. A clock of which no zone is told is that of China.
 * Fractions of a second are left out.
 *
 * @returns or a fault: HL-9130 malformed, HL-9132 no such time
 */
export function clockTimeOf(text: string): Reading<ClockTime> {
  const [, hours, minutes, seconds = '0', zone] = PATTERN.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return fault('HL-9130');
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  const offsetSeconds = zone === undefined ? CHINA : offsetOf(zone);
  if (hour > 23 || minute > 59 || second > 59 || offsetSeconds === undefined) return fault('HL-9132');
  return { value: { secondOfDay: hour * 3600 + minute * 60 + second, offsetSeconds } };
}

function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])([0-9]{2}):?([0-9]{2})$/.exec(zone) ?? [];
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
