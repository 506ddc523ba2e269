import type { EventType, ItemEventType } from '../model/events.js';

/** Who takes a step back: who recorded it, or the two hands between which the item passed. */
export type Correctors = 'signer' | 'bothHands';

/** One row of the table of corrections. */
export interface Correction {
  readonly event: ItemEventType;
  readonly by: Correctors;
  /** Member of the table `correctionTerm`, in days from the recording of the event. */
  readonly until: 'alone' | 'together';
  /** True when what the step brought into the ledger is voided with it. */
  readonly outputs?: true;
}

const alone = { by: 'signer', until: 'alone' } as const;
const together = { by: 'bothHands', until: 'together' } as const;

/**
 * Steps whose effect is put back when they are declared wrong, as long as nothing stands on them. All others may be declared
 * wrong, too, but what they did stands, and the item is questioned until the right step replaces them: a certificate was
 * handed out, what is shredded or smelted does not come back, a hold and its release are the police's, and a removal may have changed
 * the record of the vehicle too: the part is fitted again. Steps that change a loss or a sale are not put back either: others pay by
 * what stands there.
 */
export const CORRECTIONS: readonly Correction[] = [
  { event: 'register', ...alone },
  { event: 'inspect', ...alone },
  { event: 'handover', ...alone },
  { event: 'withdraw', ...alone },
  { event: 'accept', ...together },
  { event: 'refuse', ...alone },
  { event: 'markReused', ...alone },
  { event: 'designateCore', ...alone },
  { event: 'grade', ...alone },
  { event: 'remanufacture', ...alone, outputs: true },
  { event: 'fit', ...alone },
  { event: 'sellSalvage', ...alone },
  { event: 'returnToUse', ...alone },
  { event: 'surrender', ...alone },
  { event: 'receive', ...alone },
  { event: 'depollute', ...alone, outputs: true },
  { event: 'dismantle', ...alone, outputs: true },
  { event: 'leaveHulk', ...alone },
  { event: 'takeInBattery', ...alone },
  { event: 'testBattery', ...alone },
];

/**
 * What stands in the place of a wrong step beside a step of the same type, such as another certificate: it undoes in fact what the step
 * did. Where neither can be recorded any more the item stays questioned, and whoever meets it asks.
 */
export const REPLACED_BY: Partial<Readonly<Record<ItemEventType, readonly ItemEventType[]>>> = {
  handover: ['withdraw'],
  withdraw: ['handover'],
  accept: ['handover'],
  refuse: ['accept'],
  fit: ['remove'],
  remove: ['fit'],
  pack: ['unpack'],
  unpack: ['pack'],
  bindSet: ['unbindSet'],
  unbindSet: ['bindSet'],
  release: ['hold'],
  openManifest: ['cancelManifest'],
};

/** Whether a step may stand in the place of a wrong one. @param wrong type of the wrong one, as the correction names it */
export function mayReplace(wrong: string, by: EventType): boolean {
  if (wrong === by) return true;
  const others = Object.hasOwn(REPLACED_BY, wrong) ? REPLACED_BY[wrong as ItemEventType] : undefined;
  return others?.some((each) => each === by) === true;
}

const byEvent = new Map<string, Correction>(CORRECTIONS.map((row) => [row.event, row]));

/** The row for a type of event, or undefined when its effect is never put back. */
export function correctionOf(type: string): Correction | undefined {
  return byEvent.get(type);
}

/**
 * Name and province of the table that says until when a step may be corrected, in days from its recording: by one party, and
 * by two together. Unconfirmed.
 */
export const CORRECTION_TERM = { name: 'correctionTerm', province: 'CN' } as const;

/** Characters of what an item keeps of its last steps, so that its row stays short. The last one is kept however long it is. */
export const UNDO_LENGTH = 36;

/** Most events that an item remembers as declared wrong. */
export const MAX_CORRECTED = 8;
