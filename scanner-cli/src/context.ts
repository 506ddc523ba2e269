import { HuilianError, type Language } from '@huilian/core';
import { readConfig, type Config } from './config.js';
import { Output, type Sink } from './output.js';

/** What surrounds a run of the command: arguments apart, everything that a test may want to replace. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly language: Language;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Options that every command takes, as commander gives them. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly key?: string;
  readonly gateway?: readonly string[];
  readonly offline?: boolean;
  readonly operator?: string;
  readonly station?: string;
}

/** What a command works with. */
export interface Context {
  readonly config: Config;
  readonly output: Output;
  readonly offline: boolean;
  readonly now: () => number;
}

/**
 * Puts options over environment.
 *
 * @throws HuilianError HL-7030
 */
export function contextOf(surroundings: Surroundings, options: GlobalOptions): Context {
  const { env, stdout, stderr, language, now } = surroundings;
  const config = readConfig({
    ...env,
    ...(options.key === undefined ? {} : { HUILIAN_KEY: options.key }),
    ...(options.gateway === undefined ? {} : { HUILIAN_GATEWAY: options.gateway.join(',') }),
    ...(options.operator === undefined ? {} : { HUILIAN_OPERATOR: options.operator }),
    ...(options.station === undefined ? {} : { HUILIAN_STATION: options.station }),
  });
  const output = new Output(stdout, stderr, {
    language,
    json: options.json ?? false,
    env,
    debug: config.HUILIAN_DEBUG !== undefined,
  });
  return { config, output, offline: options.offline ?? false, now };
}

/** Thrown to end with an exit code after everything was said. */
export class Exit extends Error {
  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/** Seconds since 1970. */
export function seconds(context: Pick<Context, 'now'>): number {
  return Math.floor(context.now() / 1000);
}

/** @throws HuilianError HL-7031 naming the option */
export function usage(option: string, reason: string): HuilianError {
  return new HuilianError('HL-7031', { option, reason });
}

/** An option of another form than it takes. @param form the form, by example or by name @throws HuilianError HL-7031 */
export function expected(option: string, form: string): HuilianError {
  return new HuilianError('HL-7031', { option, expected: form });
}
