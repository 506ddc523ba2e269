import { columns, required } from '../columns/index.js';
import type { MessageType } from '../message-type.js';
import { anything, evidence, field, same } from '../sources.js';
import { SYSTEMS } from '../system.js';
import { thingColumns, THINGS } from './things.js';

const outputItems = {
  name: 'outputs',
  title: { zh: '有误事件的产出', en: 'what the wrong event brought in' },
  source: columns.outputItem.source,
  columns: [required(columns.outputItem)],
  least: 0,
  most: 40,
};
const ofEvent = {
  event: field('wrongEvent'),
  eventType: field('wrongEventType'),
  ...same('termVersion'),
  outputs: { list: 'outputs', each: field('outputItem') },
} as const;

/** Mistakes, as all systems send them. What stands in the place of a wrong message names it in `replaces`. */
export const correctionMessages: readonly MessageType[] = [
  {
    name: 'messageWrong',
    version: 1,
    title: { zh: '声明消息有误', en: 'message declared wrong' },
    systems: SYSTEMS,
    columns: [
      required(columns.wrongMessage),
      required(columns.correctionReason),
      required(columns.termVersion),
      columns.evidenceSha256,
    ],
    tableKey: ['wrongMessage'],
    events: [
      {
        type: 'correct',
        corrects: 'wrongMessage',
        data: { reason: field('correctionReason'), ...same('termVersion'), ...evidence },
      },
    ],
  },
  {
    name: 'eventWrong',
    version: 1,
    title: { zh: '声明事件有误', en: 'event declared wrong' },
    systems: SYSTEMS,
    columns: [
      ...thingColumns,
      required(columns.wrongEvent),
      columns.wrongEventType,
      required(columns.correctionReason),
      required(columns.termVersion),
      columns.evidenceSha256,
    ],
    lists: [outputItems],
    anyOf: THINGS,
    tableKey: [...THINGS, 'wrongEvent'],
    events: [
      {
        type: 'correct',
        item: anything,
        data: { ...ofEvent, reason: field('correctionReason'), ...evidence },
      },
    ],
  },
  {
    name: 'correctionAgreed',
    version: 1,
    title: { zh: '同意更正', en: 'correction agreed to' },
    systems: SYSTEMS,
    columns: [
      ...thingColumns,
      required(columns.wrongEvent),
      columns.wrongEventType,
      required(columns.termVersion),
    ],
    lists: [outputItems],
    anyOf: THINGS,
    tableKey: [...THINGS, 'wrongEvent'],
    events: [{ type: 'agreeCorrection', item: anything, data: ofEvent }],
  },
];
