import type { ItemEvent } from '@huilian/core';
import { usage } from '../context.js';
import { named, type CommandOption, type Options } from './command.js';
import { grams } from './item-events.js';
import { dayAfter } from './key-administration.js';

type Weighing = Extract<ItemEvent, { type: 'weigh' }>['data']['weighing'];

/** What a scale says. */
export const weighingOptions: readonly CommandOption[] = [
  { flags: '--gross <grams>', about: { zh: '毛重', en: 'gross mass' }, required: true },
  { flags: '--tare <grams>', about: { zh: '皮重', en: 'tare' }, required: true },
  {
    flags: '--net <grams>',
    about: { zh: '净重；不写则为毛重减皮重', en: 'net mass; gross less tare if left out' },
  },
  { flags: '--scale <code>', about: { zh: '衡器编号', en: 'code of the scale' }, required: true },
  {
    flags: '--calibrated-until <date>',
    about: { zh: '衡器检定有效期至', en: 'day until which the scale is calibrated' },
    required: true,
  },
];

/** @throws HuilianError HL-7031 */
export function weighingOf(options: Options): Weighing {
  const [grossGrams, tareGrams] = [grams(options, 'gross') ?? 0, grams(options, 'tare') ?? 0];
  if (tareGrams > grossGrams) throw usage('--tare', '≤ --gross');
  return {
    grossGrams,
    tareGrams,
    netGrams: grams(options, 'net') ?? grossGrams - tareGrams,
    scale: named(options, 'scale'),
    calibratedUntil: dayAfter(named(options, 'calibratedUntil'), '--calibrated-until') - 1,
  };
}
