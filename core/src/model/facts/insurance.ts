import type { Form } from '../form.js';

/** An engine or frame that went into another vehicle, whose registration is to be changed. */
export interface RegistrationChange {
  readonly part: string;
  /** Ledger time in seconds. */
  readonly since: number;
}

/** The approved line under which a part is fitted. */
export interface RepairLine {
  readonly vehicle: string;
  readonly loss: string;
  readonly line: number;
}

/** What insurance and old-for-reman know of an item. */
export interface InsuranceFacts {
  /** Of a vehicle: engines and frames whose change of registration is due. */
  readonly changes?: readonly RegistrationChange[] | undefined;
  /** Of a damaged vehicle: number of its open loss. */
  readonly loss?: string | undefined;
  /** Of a graded core: what it lacks. */
  readonly missing?: readonly string[] | undefined;
  /** Of a core: the sale for which it came back. */
  readonly offer?: string | undefined;
  /** Of a fitted part: the line that pays for it. */
  readonly repair?: RepairLine | undefined;
  /** Of a remanufactured part: the sale under which it was sold. */
  readonly sale?: string | undefined;
  /** Of an engine or frame: it came out of a vehicle before the registration was changed for it, so it is not that vehicle's own. */
  readonly unregistered?: true | undefined;
}

/** The members stand in the order of their names. */
export interface StoredInsurance {
  readonly c?: readonly (readonly [part: string, since: number])[] | undefined;
  readonly l?: string | undefined;
  readonly m?: readonly string[] | undefined;
  readonly o?: string | undefined;
  readonly r?: readonly [vehicle: string, loss: string, line: number] | undefined;
  readonly s?: string | undefined;
  readonly u?: 1 | undefined;
}

/** How the row of an item keeps these facts. */
export const insuranceForm: Form<InsuranceFacts, StoredInsurance> = {
  store: ({ changes, loss, missing, offer, repair, sale, unregistered }) => ({
    c: changes?.map(({ part, since }) => [part, since]),
    l: loss,
    m: missing,
    o: offer,
    r: repair && [repair.vehicle, repair.loss, repair.line],
    s: sale,
    u: unregistered === true ? 1 : undefined,
  }),
  read: ({ c, l, m, o, r, s, u }) => ({
    changes: c?.map(([part, since]) => ({ part, since })),
    loss: l,
    missing: m,
    offer: o,
    repair: r && { vehicle: r[0], loss: r[1], line: r[2] },
    sale: s,
    unregistered: u === undefined ? undefined : true,
  }),
};

/** Facts with a change; undefined when nothing is left of them. */
export function factsWith(
  facts: InsuranceFacts | undefined,
  change: InsuranceFacts,
): InsuranceFacts | undefined {
  const after = Object.entries({ ...facts, ...change }).filter(([, fact]) => fact !== undefined);
  return after.length === 0 ? undefined : Object.fromEntries(after);
}
