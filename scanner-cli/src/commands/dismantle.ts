import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { text, type Command } from './command.js';
import { recordingOptions } from './item-events.js';
import { balanceOf, lossOption, toleranceOption } from './mass-balance.js';
import { outputOption, outputShown, outputsOf } from './outputs.js';

/** `huilian dismantle ITEM`: what came out of an item, with the mass of everything. */
export const dismantle: Command = {
  name: 'dismantle',
  arguments: '<item>',
  summary: { zh: '拆解物品，登记零部件与材料', en: 'dismantle an item into parts and fractions' },
  options: [outputOption, lossOption, toleranceOption, ...recordingOptions],
  run: async (context, options, item = '') => {
    const key = await keyOf(context);
    const outputs = outputsOf(options, key);
    const data = { outputs, ...(await balanceOf(context, options)) };
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
