import type { CommandOption, Options } from './command.js';
import { grams, whole } from './item-events.js';

/** What a step loses, as far as somebody says so. */
export const lossOption: CommandOption = {
  flags: '--loss <grams>',
  about: { zh: '损耗（克）', en: 'loss in grams' },
};

/** The table that says how far masses may differ. */
export const toleranceOption: CommandOption = {
  flags: '--tolerance-version <number>',
  about: { zh: '质量允差表的版本', en: 'version of the table of mass tolerance' },
};

/** Version 1 unless another is named. @throws HuilianError HL-7031 */
export function toleranceOf(options: Options): { toleranceVersion: number } {
  return { toleranceVersion: whole(options, 'toleranceVersion') ?? 1 };
}

/** What a step that must balance says beside its outputs. @throws HuilianError HL-7031 */
export function balanceOf(options: Options): { lossGrams: number; toleranceVersion: number } {
  return { lossGrams: grams(options, 'loss') ?? 0, ...toleranceOf(options) };
}
