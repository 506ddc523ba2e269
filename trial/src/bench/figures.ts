import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trialHome } from '../home.js';

/** What a figure should be. Exactly one of the two bounds is given. */
export interface Target {
  readonly atLeast?: number;
  readonly below?: number;
}

/** A figure over the rounds of one run. */
export interface Figure {
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Each target, and whether the median reaches it. */
  readonly targets?: readonly (Target & { readonly reached: boolean })[];
}

export type Figures = Readonly<Record<string, Figure>>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The smallest value that so many per cent of the values do not exceed (nearest rank).
 *
 * @param percent 0 to 100
 * @returns NaN when there are no values
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and range of what the rounds measured, rounded to three digits that matter. */
export function figure(unit: string, values: readonly number[], ...targets: readonly Target[]): Figure {
  const middle = median(values);
  return {
    unit,
    median: short(middle),
    min: short(Math.min(...values)),
    max: short(Math.max(...values)),
    ...(targets.length === 0
      ? {}
      : { targets: targets.map((target) => ({ ...target, reached: isReached(middle, target) })) }),
  };
}

/** Figures of counts, which are not rounded. */
export function count(unit: string, value: number): Figure {
  return { unit, median: value, min: value, max: value };
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}

function isReached(value: number, { atLeast = -Infinity, below = Infinity }: Target): boolean {
  return value >= atLeast && value < below;
}

function targetText({ atLeast, below, reached }: Target & { readonly reached: boolean }): string {
  const bound = atLeast === undefined ? `< ${String(below)}` : `≥ ${atLeast}`;
  return `${bound}: ${reached ? 'reached' : 'not reached'}`;
}

/** The figures as a table, one line each. */
export function table(figures: Figures): string {
  const rows = Object.entries(figures);
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, { unit, median: middle, min, max, targets = [] }]) =>
    [
      `  ${label.padEnd(width)}`,
      String(middle).padStart(9),
      `${min} – ${max}`.padStart(20),
      [unit, ...targets.map(targetText)].join('   '),
    ].join('  '),
  );
  return `${lines.join('\n')}\n`;
}

/**
 * Prints the figures as a table and writes them as `bench/NAME.json` under the home.
 *
 * @param notes what a reader must know to judge the figures; one line each
 */
export async function report(
  name: string,
  rounds: number,
  figures: Figures,
  notes: readonly string[] = [],
): Promise<void> {
  const remarks = notes.map((note) => `  · ${note}\n`).join('');
  process.stdout.write(`${name}, ${rounds} rounds: median, range\n${table(figures)}${remarks}`);
  await mkdir(trialHome.bench(), { recursive: true });
  await writeFile(
    join(trialHome.bench(), `${name}.json`),
    `${JSON.stringify({ name, rounds, figures, ...(notes.length === 0 ? {} : { notes }) }, null, 2)}\n`,
  );
}
