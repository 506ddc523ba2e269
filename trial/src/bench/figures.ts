import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trialHome } from '../home.js';

/** A figure over the rounds of one run. */
export interface Figure {
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Median and range of what the rounds measured, rounded to three digits that matter. */
export function figure(unit: string, values: readonly number[]): Figure {
  const short = (value: number): number => Number(value.toPrecision(3));
  return {
    unit,
    median: short(median(values)),
    min: short(Math.min(...values)),
    max: short(Math.max(...values)),
  };
}

/** Prints the figures as a table and writes them as `bench/NAME.json` under the home. */
export async function report(
  name: string,
  rounds: number,
  figures: Readonly<Record<string, Figure>>,
): Promise<void> {
  const rows = Object.entries(figures);
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(
    ([label, { unit, median: middle, min, max }]) =>
      `  ${label.padEnd(width)}  ${String(middle).padStart(9)}  ${`${min} – ${max}`.padStart(20)}  ${unit}`,
  );
  process.stdout.write(`${name}, ${rounds} rounds: median, range\n${lines.join('\n')}\n`);
  await mkdir(trialHome.bench(), { recursive: true });
  await writeFile(
    join(trialHome.bench(), `${name}.json`),
    `${JSON.stringify({ name, rounds, figures }, null, 2)}\n`,
  );
}
