import type { ItemKind, ItemState, Role } from '../../model/terms.js';
import type { Step } from './step.js';

/** States in which a thing of each kind can change hands. */
const MOVABLE: Readonly<Record<ItemKind, readonly ItemState[]>> = {
  vehicle: [
    'inUse',
    'damaged',
    'assessed',
    'totalLoss',
    'salvageSold',
    'surrendered',
    'received',
    'certificateIssued',
    'depolluted',
    'dismantled',
    'hulk',
  ],
  part: ['registered', 'inspected', 'graded'],
  device: ['registered', 'inspected'],
  battery: ['registered', 'inspected'],
  lot: ['registered', 'inspected'],
};
/** Kinds that are disposed of as they are. A vehicle is shredded as a hulk. */
const DISPOSABLE: readonly ItemKind[] = ['part', 'device', 'battery', 'lot'];
const FINAL: readonly Role[] = ['smelter', 'shredder', 'hazardousWasteHandler'];

function custodyOf(kind: ItemKind, from: readonly ItemState[]): Step[] {
  const kinds = [kind];
  return [
    {
      event: 'handover',
      kinds,
      from,
      who: 'custodian',
      given: ['to'],
      optional: ['massGrams', 'keepOwnership', 'consignee'],
    },
    { event: 'withdraw', kinds, from, who: 'custodian', given: [] },
    { event: 'accept', kinds, from, who: 'receiver', given: ['from'], optional: ['massGrams'] },
    { event: 'refuse', kinds, from, who: 'receiver', given: ['from', 'reason'] },
  ];
}

/** Change of hands and final disposal, of every kind. */
export const custodySteps: readonly Step[] = [
  ...Object.entries(MOVABLE).flatMap(([kind, from]) => custodyOf(kind as ItemKind, from)),
  ...DISPOSABLE.map((kind): Step => ({
    event: 'dispose',
    kinds: [kind],
    from: MOVABLE[kind],
    to: 'disposed',
    who: 'custodian',
    roles: FINAL,
    licence: true,
    given: ['method'],
    optional: ['evidence'],
  })),
];
