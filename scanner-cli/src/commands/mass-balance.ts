import { MASS_TOLERANCE } from '@huilian/core';
import type { Context } from '../context.js';
import type { CommandOption, Options } from './command.js';
import { grams } from './item-events.js';
import { versionOf } from './table-version.js';

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

/** The version in force unless another is named. @throws HuilianError HL-7031 */
export async function toleranceOf(context: Context, options: Options): Promise<{ toleranceVersion: number }> {
  return { toleranceVersion: await versionOf(context, options, 'toleranceVersion', MASS_TOLERANCE.name) };
}

/** What a step that must balance says beside its outputs. @throws HuilianError HL-7031 */
export async function balanceOf(
  context: Context,
  options: Options,
): Promise<{ lossGrams: number; toleranceVersion: number }> {
  return { lossGrams: grams(options, 'loss') ?? 0, ...(await toleranceOf(context, options)) };
}
