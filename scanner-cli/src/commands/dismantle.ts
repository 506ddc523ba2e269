import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { text, type Command } from './command.js';
import { grams, recordingOptions, whole } from './item-events.js';
import { outputOption, outputShown, outputsOf } from './outputs.js';

/** `huilian dismantle ITEM`: what came out of an item, with the mass of everything. */
export const dismantle: Command = {
  name: 'dismantle',
  arguments: '<item>',
  summary: { zh: '拆解物品，登记零部件与材料', en: 'dismantle an item into parts and fractions' },
  options: [
    outputOption,
    { flags: '--loss <grams>', about: { zh: '损耗（克）', en: 'loss in grams' } },
    {
      flags: '--tolerance-version <number>',
      about: { zh: '质量允差表的版本', en: 'version of the table of mass tolerance' },
    },
    ...recordingOptions,
  ],
  run: async (context, options, item = '') => {
    const key = await keyOf(context);
    const outputs = outputsOf(options, key);
    const data = {
      outputs,
      lossGrams: grams(options, 'loss') ?? 0,
      toleranceVersion: whole(options, 'toleranceVersion') ?? 1,
    };
    const event = itemEvent(
      context,
      'dismantle',
      await findItem(context, item),
      data,
      text(options, 'cites'),
    );
    await recordEvents(context, key, [event], options, [{ outputs: outputs.map(outputShown) }]);
  },
};
