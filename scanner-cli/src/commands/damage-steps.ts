import { TOTAL_LOSSES } from '@huilian/core';
import { expected } from '../context.js';
import { isDay } from './key-administration.js';
import { itemEvent } from '../recording/event.js';
import { chosen, named, text, type Options } from './command.js';
import { evidenceOf, evidenceOption, loss } from './item-events.js';
import { cites, step } from './step.js';

/** `2026-03-02` as 20260302. @throws HuilianError HL-7031 */
function dayOf(options: Options): { day?: number } {
  const given = text(options, 'day');
  if (given === undefined) return {};
  if (!isDay(given)) throw expected('--day', '2026-03-02');
  return { day: Number(given.replaceAll('-', '')) };
}

/** `huilian vehicle damage`, `assess`, `total-loss`: a loss befell a vehicle. */
export const damageSteps = [
  step(
    'vehicle damage',
    { zh: '出险登记', en: 'report that a loss befell a vehicle' },
    [
      loss,
      {
        flags: '--day <date>',
        about: {
          zh: '出险日期，如 2026-03-02；未写明的为记录当日',
          en: 'day of the loss, such as 2026-03-02; else the day it is recorded',
        },
      },
      evidenceOption,
    ],
    async (context, item, options) =>
      itemEvent(
        context,
        'reportDamage',
        item,
        { loss: named(options, 'loss'), ...dayOf(options), ...(await evidenceOf(options)) },
        cites(options),
      ),
  ),
  step(
    'vehicle assess',
    { zh: '定损', en: 'record that an insurer has assessed it' },
    [loss, evidenceOption],
    async (context, item, options) =>
      itemEvent(
        context,
        'assess',
        item,
        { loss: named(options, 'loss'), ...(await evidenceOf(options)) },
        cites(options),
      ),
  ),
  step(
    'vehicle total-loss',
    { zh: '认定全损', en: 'declare a total loss' },
    [
      loss,
      {
        flags: '--as <kind>',
        about: { zh: '推定全损，或必须报废', en: 'constructive, or mustScrap' },
        choices: TOTAL_LOSSES,
        required: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const totalLoss = chosen(options, 'as', TOTAL_LOSSES);
      const data = { loss: named(options, 'loss'), totalLoss, ...(await evidenceOf(options)) };
      return itemEvent(context, 'declareTotalLoss', item, data, cites(options));
    },
  ),
];
