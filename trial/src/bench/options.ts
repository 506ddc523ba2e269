import { parseArgs } from 'node:util';

/** An option of a benchmark: a number or a text to be given, or a flag. */
export interface OptionRow {
  readonly default: number | string | boolean;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionRow>>;

/** The values of the options in a table, under the names of the table. */
export type Values<T extends OptionTable> = {
  readonly [Name in keyof T]: T[Name]['default'] extends number
    ? number
    : T[Name]['default'] extends boolean
      ? boolean
      : string;
};

/** Options that every benchmark with a network has. */
export const common = {
  rounds: { default: 3, help: 'rounds; figures are the median and the range over them' },
  keep: { default: false, help: 'keep the data of the network in .huilian/bench/home-NAME' },
} as const satisfies OptionTable;

/**
 * Reads the options of a benchmark.
 *
 * @throws Error with what is wrong, for the terminal
 */
export function readOptions<T extends OptionTable>(optionTable: T, args: readonly string[]): Values<T> {
  const rows = Object.entries(optionTable);
  const options = Object.fromEntries(
    rows.map(([name, row]) => [
      name,
      { type: typeof row.default === 'boolean' ? 'boolean' : 'string' } as const,
    ]),
  );
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  const read = rows.map(([name, row]): [string, number | string | boolean] => {
    const given = values[name];
    if (given === undefined) return [name, row.default];
    return [name, typeof row.default === 'number' ? numberOf(name, String(given)) : given];
  });
  return Object.fromEntries(read) as Values<T>;
}

function numberOf(name: string, text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (text === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`--${name} takes a number, not ${text}`);
  return value;
}

/** The lines that `--help` prints. */
export function helpOf(optionTable: OptionTable): string {
  return Object.entries(optionTable)
    .map(([name, row]) => {
      const shown =
        typeof row.default === 'boolean' ? `--${name}` : `--${name} ${String(row.default) || 'PATH'}`;
      return `  ${shown.padEnd(24)} ${row.help}\n`;
    })
    .join('');
}
