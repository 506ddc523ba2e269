import { askedToStop } from '../start.js';
import { bytes, bytesOptions } from './bytes.js';
import { first } from './first.js';
import { growth, growthOptions } from './growth.js';
import { latency, latencyOptions } from './latency.js';
import { helpOf, readOptions, type OptionTable, type Values } from './options.js';
import { projector, projectorOptions } from './projector.js';
import { record, recordOptions } from './record.js';
import { start, startOptions } from './start.js';
import { verify, verifyOptions } from './verify.js';

interface Bench {
  readonly about: string;
  readonly options: OptionTable;
  run(args: readonly string[], signal: AbortSignal): Promise<void>;
}

function entry<T extends OptionTable>(
  about: string,
  options: T,
  run: (values: Values<T>, signal: AbortSignal) => Promise<void>,
): Bench {
  return { about, options, run: (args, signal) => run(readOptions(options, args), signal) };
}

const benches: Readonly<Record<string, Bench>> = {
  first: entry('one event and a hundred, all in one run', {}, (_values, signal) => first(signal)),
  record: entry('events per second, beside the naive way', recordOptions, record),
  latency: entry('milliseconds to the commit and to the read model', latencyOptions, latency),
  bytes: entry("bytes per event on a peer's disk, beside the naive way", bytesOptions, bytes),
  growth: entry('the rate while the ledger grows', growthOptions, growth),
  projector: entry('the read model: rebuild and lag', projectorOptions, projector),
  verify: entry('the verifier: time and memory', verifyOptions, verify),
  start: entry('seconds until npm start is ready', startOptions, start),
};

function usage(): string {
  const names = Object.entries(benches).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}\n`);
  return `usage: npm run bench -- NAME [options]; --help after a name lists them\n${names.join('')}`;
}

/** The command `bench NAME`. Ctrl-C stops everything that the benchmark started. */
export async function bench([name = '', ...args]: readonly string[]): Promise<void> {
  const chosen = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!chosen || args.includes('--help')) {
    const text = chosen ? `${name}: ${chosen.about}\n${helpOf(chosen.options)}` : usage();
    (chosen ? process.stdout : process.stderr).write(text);
    process.exitCode = chosen ? 0 : 2;
    return;
  }
  const asked = askedToStop();
  try {
    await chosen.run(args, asked);
  } catch (error) {
    if (!asked.aborted) throw error;
    process.exit(130); // what was under way fails now and then; nobody waits for it
  }
}
