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
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  } catch (cause) {
    throw new HuilianError('HL-1049', { file }, { cause });
  }
}
