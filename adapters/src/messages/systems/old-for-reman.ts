import { columns, required } from '../columns/index.js';
import type { MessageType, TagField } from '../message-type.js';
import { evidence, same } from '../sources.js';

const core: readonly TagField[] = [{ scheme: 'serial', field: 'coreSerial' }];

/** What the system of an old-for-reman scheme sends beside what all do. */
export const oldForRemanMessages: readonly MessageType[] = [
  {
    name: 'coreGraded',
    version: 1,
    title: { zh: '旧件分级', en: 'core graded' },
    systems: ['oldForReman'],
    columns: [required(columns.coreSerial), required(columns.grade), columns.evidenceSha256],
    tableKey: ['coreSerial'],
    events: [{ type: 'grade', item: core, data: { ...same('grade'), ...evidence } }],
  },
  {
    name: 'coreRemanufactured',
    version: 1,
    title: { zh: '再制造完成', en: 'core remanufactured' },
    systems: ['oldForReman'],
    columns: [
      required(columns.coreSerial),
      required(columns.productSerial),
      required(columns.category),
      required(columns.massGrams),
      required(columns.mark),
      columns.evidenceSha256,
    ],
    events: [
      {
        type: 'remanufacture',
        item: core,
        data: {
          product: {
            made: { kind: { constant: 'part' }, ...same('category', 'massGrams') },
            tag: { scheme: 'serial', field: 'productSerial' },
          },
          ...same('mark'),
          ...evidence,
        },
      },
    ],
  },
];
