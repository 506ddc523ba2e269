import type { ItemEvent } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { findItem } from '../recording/find-item.js';
import { text, type CommandOption, type Options } from './command.js';
import { wholeOf } from './item-events.js';

/** Under which approved line of a loss a part is fitted. */
export const repairOptions: readonly CommandOption[] = [
  {
    flags: '--repair <line>',
    about: {
      zh: '核定的维修项目，赔案号:项目:版本；未写明的不予赔付',
      en: 'approved line, LOSS:LINE:VERSION; without one the part is not payable',
    },
  },
  { flags: '--number <number>', about: { zh: '零件号', en: 'part number, where the line names any' } },
  {
    flags: '--vehicle <item>',
    about: { zh: '所修车辆，零件装入其部件时写明', en: 'the vehicle, when the part goes into a part of it' },
  },
];

type Repair = NonNullable<Extract<ItemEvent, { type: 'fit' }>['data']['repair']>;

/** @throws HuilianError HL-7031 */
export async function repairOf(context: Context, options: Options): Promise<{ repair?: Repair }> {
  const given = text(options, 'repair');
  if (given === undefined) return {};
  const [, loss, line = '', version = ''] = /^(.+):(\d+):(\d+)$/.exec(given) ?? [];
  if (loss === undefined) throw expected('--repair', 'LOSS:LINE:VERSION');
  const number = text(options, 'number');
  const vehicle = text(options, 'vehicle');
  return {
    repair: {
      loss,
      line: wholeOf(line, '--repair'),
      version: wholeOf(version, '--repair'),
      ...(number === undefined ? {} : { number }),
      ...(vehicle === undefined ? {} : { vehicle: await findItem(context, vehicle) }),
    },
  };
}
