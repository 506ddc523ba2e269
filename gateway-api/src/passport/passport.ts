import { EVIDENCE_GRADES, ITEM_KINDS, ITEM_STATES, KEY_KINDS, PART_CLASSES, ROLES } from '@huilian/core';
import { z } from 'zod';

const relative = z.object({
  item: z.string(),
  kind: z.enum(ITEM_KINDS),
  category: z.string(),
  state: z.enum(ITEM_STATES),
});

export type Relative = z.output<typeof relative>;

/** Steps that the public sees. A handover shows when it is accepted. */
const publicSteps = [
  'register',
  'takenOut',
  'inspect',
  'accept',
  'pack',
  'unpack',
  'packed',
  'unpacked',
  'acceptOnBehalf',
  'receiveOnPaper',
  'retireContainer',
  'dismantle',
  'reportDamage',
  'declareTotalLoss',
  'returnToUse',
  'changeRegistration',
  'sellRemanufactured',
  'receiveCore',
  'surrender',
  'receive',
  'issueCertificate',
  'cancelRegistration',
  'depollute',
  'leaveHulk',
  'shred',
  'codePart',
  'markReused',
  'designateCore',
  'grade',
  'remanufacture',
  'remade',
  'fit',
  'remove',
  'collectBattery',
  'takeInBattery',
  'testBattery',
  'repurpose',
  'secondLife',
  'recycle',
  'partFitted',
  'partRemoved',
  'collectUnit',
  'receiveUnit',
  'bindSet',
  'unbindSet',
  'eraseData',
  'testUnit',
  'refurbish',
  'sellRefurbished',
  'issueToLine',
  'closeUnit',
  'dispose',
  'intakeBatch',
  'sort',
  'closeSorting',
  'weigh',
  'sample',
  'split',
  'merge',
  'transform',
  'openManifest',
  'carryManifest',
  'acceptManifest',
  'takeBackLots',
  'refuseManifest',
  'cancelManifest',
  'returnManifest',
] as const;

export type PublicStep = (typeof publicSteps)[number];

/** What an accepted event means for the item itself, and for another item that it mentions. */
export const stepsOfEvents: Readonly<Record<string, { own?: PublicStep; mentioned?: PublicStep }>> = {
  register: { own: 'register' },
  inspect: { own: 'inspect' },
  accept: { own: 'accept' },
  pack: { own: 'pack', mentioned: 'packed' },
  unpack: { own: 'unpack', mentioned: 'unpacked' },
  acceptOnBehalf: { own: 'acceptOnBehalf' },
  receiveOnPaper: { own: 'receiveOnPaper' },
  retireContainer: { own: 'retireContainer' },
  reportDamage: { own: 'reportDamage' },
  declareTotalLoss: { own: 'declareTotalLoss' },
  returnToUse: { own: 'returnToUse' },
  changeRegistration: { own: 'changeRegistration' },
  sellRemanufactured: { own: 'sellRemanufactured' },
  receiveCore: { own: 'receiveCore' },
  surrender: { own: 'surrender' },
  receive: { own: 'receive' },
  issueCertificate: { own: 'issueCertificate' },
  cancelRegistration: { own: 'cancelRegistration' },
  depollute: { own: 'depollute', mentioned: 'takenOut' },
  dismantle: { own: 'dismantle', mentioned: 'takenOut' },
  leaveHulk: { own: 'leaveHulk' },
  shred: { own: 'shred', mentioned: 'takenOut' },
  codePart: { own: 'codePart' },
  markReused: { own: 'markReused' },
  designateCore: { own: 'designateCore' },
  grade: { own: 'grade' },
  remanufacture: { own: 'remanufacture', mentioned: 'remade' },
  fit: { own: 'fit', mentioned: 'partFitted' },
  remove: { own: 'remove', mentioned: 'partRemoved' },
  collectBattery: { own: 'collectBattery' },
  takeInBattery: { own: 'takeInBattery' },
  testBattery: { own: 'testBattery' },
  repurpose: { own: 'repurpose', mentioned: 'secondLife' },
  recycle: { own: 'recycle', mentioned: 'takenOut' },
  collectUnit: { own: 'collectUnit' },
  receiveUnit: { own: 'receiveUnit' },
  bindSet: { own: 'bindSet', mentioned: 'bindSet' },
  unbindSet: { own: 'unbindSet', mentioned: 'unbindSet' },
  eraseData: { own: 'eraseData' },
  testUnit: { own: 'testUnit' },
  refurbish: { own: 'refurbish' },
  sellRefurbished: { own: 'sellRefurbished' },
  issueToLine: { own: 'issueToLine' },
  closeUnit: { own: 'closeUnit' },
  dispose: { own: 'dispose' },
  intakeBatch: { own: 'intakeBatch' },
  sort: { own: 'sort', mentioned: 'takenOut' },
  closeSorting: { own: 'closeSorting' },
  weigh: { own: 'weigh' },
  sample: { own: 'sample', mentioned: 'takenOut' },
  split: { own: 'split', mentioned: 'split' },
  merge: { own: 'merge', mentioned: 'merge' },
  transform: { own: 'transform', mentioned: 'transform' },
  openManifest: { own: 'openManifest', mentioned: 'openManifest' },
  carryManifest: { own: 'carryManifest', mentioned: 'carryManifest' },
  acceptManifest: { own: 'acceptManifest', mentioned: 'acceptManifest' },
  takeBackLots: { own: 'takeBackLots', mentioned: 'takeBackLots' },
  refuseManifest: { own: 'refuseManifest', mentioned: 'refuseManifest' },
  cancelManifest: { own: 'cancelManifest', mentioned: 'cancelManifest' },
  returnManifest: { own: 'returnManifest' },
};

const step = z.object({
  what: z.enum(publicSteps),
  date: z.iso.date().describe('Day at UTC+8 on which the ledger recorded it.'),
  by: z.array(z.enum(ROLES)).describe('Roles of the party, never its name.'),
  questioned: z.boolean().optional().describe('Declared wrong; what it did stands.'),
  signedBy: z.enum(KEY_KINDS).optional().describe('Kind of the key that signed.'),
  evidence: z.enum(EVIDENCE_GRADES).optional().describe('How a step of custody is proved: A, B or C.'),
});

/**
 * What everybody may know about an item. It names no party, no person, no station, no tag's value and no price; where a
 * field could, it is not in this shape.
 */
export const passportSchema = z
  .object({
    item: z.string(),
    kind: z.enum(ITEM_KINDS),
    category: z.string(),
    state: z.enum(ITEM_STATES),
    inspection: z.enum(['fit', 'unfit']).optional(),
    class: z.enum(PART_CLASSES).optional().describe('Class of a part.'),
    model: z.string().optional().describe('Model of a part.'),
    rebuilt: z.boolean().describe('A vehicle that went back on the road after a total loss.'),
    corrected: z
      .boolean()
      .describe('A recorded step was declared wrong; the steps leave out what was taken back.'),
    questioned: z
      .boolean()
      .describe('A step of its own, or of what it depends on, was declared wrong and stands.'),
    contested: z.boolean().describe('Two registrations claim the same tag and Oversight has not decided.'),
    held: z
      .boolean()
      .describe(
        'It stands still: nothing may be done with it until the police release it. Why is not public.',
      ),
    massGrams: z.int().optional(),
    taggedWith: z.array(z.string()).describe('Schemes of its tags, without their values.'),
    holder: z.array(z.enum(ROLES)).describe('Roles of who holds it now, never the name.'),
    custodyEvidence: z.enum(EVIDENCE_GRADES).optional().describe('Of the last change of hands.'),
    steps: z.array(step).describe('Key events, oldest first.'),
    moreSteps: z.boolean().describe('True when there are more than are shown.'),
    origin: relative.optional().describe('What it came out of.'),
    fittedInto: relative.optional(),
    outputs: z.array(relative).describe('What came out of it, the first of them.'),
    outputCount: z.int(),
    evidence: z.object({
      ledger: z.string().describe('SHA-256 of the genesis block header, hex.'),
      height: z.int().describe('Last block that this answer takes into account.'),
      eventCount: z
        .int()
        .describe(
          'Accepted events recorded under its id; steps also list events of other items that mention it.',
        ),
      head: z.string().describe('Digest that links them.'),
    }),
  })
  .meta({ id: 'Passport', description: 'Public passport of an item.' });

export type Passport = z.output<typeof passportSchema>;
