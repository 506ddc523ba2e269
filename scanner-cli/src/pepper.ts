import { readFileSync } from 'node:fs';
import { HuilianError } from '@huilian/core';
import type { Context } from './context.js';

/** The pepper of the channel, hex in its file. @throws HuilianError HL-1049 not set, not there, no hex, or too short */
export function pepperOf({ config }: Pick<Context, 'config'>): Uint8Array {
  const pepper = pepperIfSet({ config });
  if (!pepper) throw new HuilianError('HL-1049', { variable: 'HUILIAN_IMEI_PEPPER_FILE' });
  return pepper;
}

/** As {@link pepperOf}; undefined where none is set, because most tables and messages have no telephones in them. @throws HuilianError HL-1049 */
export function pepperIfSet({ config }: Pick<Context, 'config'>): Uint8Array | undefined {
  const file = config.HUILIAN_IMEI_PEPPER_FILE;
  if (file === undefined) return undefined;
  const digits = textOf(file).trim();
  // What is no hex would be cut off in silence, and the digests be those of another pepper.
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw new HuilianError('HL-1049', { file });
  return Buffer.from(digits, 'hex');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HuilianError('HL-1049', { file }, { cause });
  }
}
