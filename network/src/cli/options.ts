import { parseArgs } from 'node:util';
import { HuilianError, type Language } from '@huilian/core';
import { certificateRoles, type CertificateRole } from '../enroll.js';
import type { Ordering } from '../topology.js';

/** A parsed command line. */
export interface CommandLine {
  readonly command: string;
  readonly rest: readonly string[];
  readonly language: Language;
  readonly json: boolean;
  readonly renew: boolean;
  readonly home?: string;
  readonly ordering?: Ordering;
  readonly basePort?: number;
  readonly chaincodeBundle?: string;
  readonly lines?: number;
  readonly role?: CertificateRole;
  readonly attributes: Readonly<Record<string, string>>;
}

const known = {
  home: { type: 'string' },
  ordering: { type: 'string' },
  port: { type: 'string' },
  bundle: { type: 'string' },
  lines: { type: 'string' },
  role: { type: 'string' },
  attribute: { type: 'string', multiple: true },
  renew: { type: 'boolean' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the command line.
 * @throws HL-8023 for what it does not know
 */
export function readCommandLine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): CommandLine {
  const { values, positionals } = parse(args);
  const [command = 'help', ...rest] = positionals;
  const { home, bundle } = values;
  const ordering = oneOf('ordering', values.ordering, ['raft', 'bft'] as const);
  const basePort = whole('port', values.port);
  const role = oneOf('role', values.role, certificateRoles);
  const lines = whole('lines', values.lines);
  return {
    command: values.help === true ? 'help' : command,
    rest,
    language: oneOf('lang', values.lang, ['zh-CN', 'en'] as const) ?? languageOf(environment),
    json: values.json === true,
    renew: values.renew === true,
    attributes: Object.fromEntries((values.attribute ?? []).map(pair)),
    ...(home === undefined ? {} : { home }),
    ...(ordering === undefined ? {} : { ordering }),
    ...(basePort === undefined ? {} : { basePort }),
    ...(bundle === undefined ? {} : { chaincodeBundle: bundle }),
    ...(lines === undefined ? {} : { lines }),
    ...(role === undefined ? {} : { role }),
  };
}

/** Chinese when the environment says so, else English. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const wanted = environment['LC_ALL'] || environment['LANG'] || '';
  return wanted.startsWith('zh') ? 'zh-CN' : 'en';
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof known; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (cause) {
    throw new HuilianError(
      'HL-8023',
      { reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new HuilianError('HL-8023', { [name]: value, known: allowed.join(' ') });
  return found;
}

function whole(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,5}$/.test(value)) throw new HuilianError('HL-8023', { [name]: value });
  return Number(value);
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new HuilianError('HL-8023', { attribute: text });
  return [text.slice(0, at), text.slice(at + 1)];
}
