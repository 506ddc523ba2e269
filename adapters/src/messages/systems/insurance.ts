import { columns, required } from '../columns/index.js';
import type { ListField, MessageType, Source } from '../message-type.js';
import { constant, evidence, field, same, vin } from '../sources.js';

const loss = [required(columns.vin), required(columns.lossNumber)] as const;
const claim = [...loss, required(columns.claimNumber)] as const;
const ofClaim = { loss: field('lossNumber'), claim: field('claimNumber') } as const;
const amount = [required(columns.amountFen), required(columns.salt)] as const;

const lines = (
  least: number,
  most: number,
  ...members: ListField['columns']
): Pick<Required<MessageType>, 'lists'> => ({
  lists: [
    {
      name: 'lines',
      title: { zh: '定损项目', en: 'damage lines' },
      source: columns.line.source,
      columns: [required(columns.line), ...members],
      least,
      most,
    },
  ],
});

/** What may be fitted under a line. A line without a category is labour, or a sum. */
const approvedPart: Source = {
  when: 'approvedCategory',
  then: {
    object: {
      category: field('approvedCategory'),
      ...same('quantity'),
      classes: {
        array: [
          { when: 'allowsNewPart', then: constant('newPart') },
          { when: 'allowsSecondHandPart', then: constant('secondHandPart') },
          { when: 'allowsRemanufacturedPart', then: constant('remanufacturedPart') },
        ],
      },
      numbers: { array: [field('partNumber'), field('equivalentNumber')] },
    },
  },
};

/** What an insurer's claims system sends beside what all do. */
export const insuranceMessages: readonly MessageType[] = [
  {
    name: 'lossAssessed',
    version: 1,
    title: { zh: '定损', en: 'loss assessed' },
    systems: ['insurance'],
    columns: [...loss, columns.evidenceSha256],
    tableKey: ['vin', 'lossNumber'],
    events: [{ type: 'assess', item: vin, data: { loss: field('lossNumber'), ...evidence } }],
  },
  {
    name: 'linesClaimed',
    version: 1,
    title: { zh: '提出赔付申请', en: 'damage lines claimed' },
    systems: ['insurance'],
    columns: [...claim, required(columns.cover), columns.against, columns.evidenceSha256],
    ...lines(0, 40),
    tableKey: ['vin', 'lossNumber', 'claimNumber', 'line'],
    events: [
      {
        type: 'claimLines',
        item: vin,
        data: {
          ...ofClaim,
          ...same('cover', 'against'),
          lines: { list: 'lines', each: field('line'), always: true },
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'linesApproved',
    version: 1,
    title: { zh: '核定维修项目', en: 'lines approved for repair' },
    systems: ['insurance'],
    columns: [...claim, columns.evidenceSha256],
    ...lines(
      1,
      20,
      required(columns.lineVersion),
      ...amount,
      columns.approvedCategory,
      columns.quantity,
      columns.allowsNewPart,
      columns.allowsSecondHandPart,
      columns.allowsRemanufacturedPart,
      columns.partNumber,
      columns.equivalentNumber,
    ),
    tableKey: ['vin', 'lossNumber', 'claimNumber', 'line', 'lineVersion'],
    events: [
      {
        type: 'approveLines',
        item: vin,
        data: {
          ...ofClaim,
          lines: {
            list: 'lines',
            each: {
              object: {
                line: field('line'),
                version: field('lineVersion'),
                amount: { commitment: 'amount' },
                part: approvedPart,
              },
            },
          },
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'linesPaid',
    version: 1,
    title: { zh: '支付赔款', en: 'damage lines paid' },
    systems: ['insurance'],
    columns: [...claim, columns.claimant, ...amount, columns.evidenceSha256],
    ...lines(1, 40, required(columns.lineVersion)),
    tableKey: ['vin', 'lossNumber', 'claimNumber', 'line', 'lineVersion'],
    events: [
      {
        type: 'payLines',
        item: vin,
        data: {
          ...ofClaim,
          insurer: field('claimant'),
          lines: {
            list: 'lines',
            each: { object: { line: field('line'), version: field('lineVersion') } },
          },
          amount: { commitment: 'amount' },
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'totalLossDeclared',
    version: 1,
    title: { zh: '认定全损', en: 'total loss declared' },
    systems: ['insurance'],
    columns: [...loss, required(columns.totalLoss), columns.evidenceSha256],
    tableKey: ['vin', 'lossNumber'],
    events: [
      {
        type: 'declareTotalLoss',
        item: vin,
        data: { loss: field('lossNumber'), ...same('totalLoss'), ...evidence },
      },
    ],
  },
  {
    name: 'salvageSold',
    version: 1,
    title: { zh: '残值出售', en: 'salvage sold' },
    systems: ['insurance'],
    columns: [required(columns.vin), required(columns.buyer)],
    tableKey: ['vin', 'buyer', 'time'],
    events: [{ type: 'sellSalvage', item: vin, data: { to: field('buyer') } }],
  },
];
