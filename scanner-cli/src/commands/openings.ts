import { appendFile, readFile } from 'node:fs/promises';
import {
  amountCommitment,
  HuilianError,
  priceCommitment,
  type OpenedAmount,
  type OpenedPrice,
} from '@huilian/core';
import { expected } from '../context.js';
import { random16 } from '../keys/index.js';
import { named, type CommandOption, type Options } from './command.js';

/** Amounts stand on the ledger as commitments. What opens them, amount and salt, is kept in a file of the user's. */
export const openingsOption: CommandOption = {
  flags: '--openings <file>',
  about: {
    zh: '保存金额及其盐值的文件；账本上只有其承诺值，请妥善保管',
    en: 'file that keeps amounts with their salts; the ledger holds commitments only, so keep it',
  },
  required: true,
};

/** Fen of an amount in yuan, such as `3500` or `3500.50`. @throws HuilianError HL-7031 */
export function fenOf(amount: string, option: string): number {
  const [, yuan, cents = ''] = /^([0-9]{1,10})(?:\.([0-9]{1,2}))?$/.exec(amount) ?? [];
  if (yuan === undefined) throw expected(option, '3500.00');
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
}

/** An amount in yuan as people read it. */
export function yuanOf(fen: number): string {
  const [whole, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100];
  return `${fen < 0 ? '-' : ''}${whole}.${String(rest).padStart(2, '0')}`;
}

/** Commits to an amount and keeps what opens it. @returns the commitment @throws HuilianError HL-7032 */
export async function sealAmount(options: Options, amountFen: number): Promise<string> {
  const opened: OpenedAmount = { amountFen, salt: random16() };
  const commitment = amountCommitment(opened);
  await keep(options, { commitment, ...opened });
  return commitment;
}

/** As {@link sealAmount}, for the prices of a sale. */
export async function sealPrice(options: Options, prices: Omit<OpenedPrice, 'salt'>): Promise<string> {
  const opened: OpenedPrice = { ...prices, salt: random16() };
  const commitment = priceCommitment(opened);
  await keep(options, { commitment, ...opened });
  return commitment;
}

async function keep(options: Options, line: object): Promise<void> {
  const file = named(options, 'openings');
  try {
    await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new HuilianError('HL-7032', { file }, { cause });
  }
}

/**
 * The prices that open a commitment, from the file of openings. What fits the commitment is right, whoever wrote it.
 *
 * @throws HuilianError HL-7032 when the file cannot be read or does not open it
 */
export async function openPrice(options: Options, commitment: string): Promise<OpenedPrice> {
  const file = named(options, 'openings');
  for (const line of await linesOf(file)) {
    const opened = opening(line);
    if (opened !== undefined && priceCommitment(opened) === commitment) return opened;
  }
  throw new HuilianError('HL-7032', { file, digest: commitment });
}

async function linesOf(file: string): Promise<readonly string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (cause) {
    throw new HuilianError('HL-7032', { file }, { cause });
  }
}

function opening(line: string): OpenedPrice | undefined {
  try {
    const { priceFen, corePriceFen, depositFen, salt } = JSON.parse(line) as Partial<OpenedPrice>;
    const numbers = [priceFen, corePriceFen, depositFen];
    if (!numbers.every(Number.isSafeInteger) || typeof salt !== 'string') return undefined;
    return { priceFen, corePriceFen, depositFen, salt } as OpenedPrice;
  } catch {
    return undefined;
  }
}
