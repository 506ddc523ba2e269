import type { ItemRow } from '../model/rows.js';
import { tableAt, type TablesOnRecord } from '../model/tables-on-record.js';
import type { Certified, TimedStep } from './clock-steps.js';
import { CERTIFICATE_TABLE } from './tables.js';
import { CANCELLATION, CERTIFICATE, SENT_BACK, type TimeLimit } from './time-limits.js';

/** What beside its type tells what a step does to clocks. */
interface Seen {
  /** The item as the transaction left it. */
  readonly row: ItemRow;
  readonly tables: TablesOnRecord;
  /** The event that gave the vehicle its first certificate. */
  readonly certified: Certified | undefined;
}

/** Whether a step of a type that starts or stops a limit does so here; of other limits each does. */
const EFFECTS: Readonly<Record<string, (step: TimedStep, seen: Seen) => boolean>> = {
  // By the table of the certificate's order it is due after the receipt, or once the vehicle is dismantled.
  [CERTIFICATE]: ({ type, time }, { row, tables }) => {
    if (type === 'leaveHulk') return row.certificate === undefined;
    return type !== 'receive' || tableAt(tables, CERTIFICATE_TABLE, time)?.['after'] !== 'dismantling';
  },
  // A certificate in the place of a wrong one begins no term anew, whatever became of the first one.
  [CANCELLATION]: ({ type, id }, { certified }) =>
    type !== 'issueCertificate' || certified === undefined || certified.event === id,
  // What the handler keeps does not come back, and the last lot ends it.
  [SENT_BACK]: ({ type }, { row: { manifest } }) => {
    if (type === 'acceptManifest') return manifest?.sentBack !== undefined;
    return type !== 'takeBackLots' || manifest?.sentBack === undefined;
  },
};

/** The limits, but for those of which a step starts and stops nothing here. */
export function limitsMoved(limits: readonly TimeLimit[], step: TimedStep, seen: Seen): readonly TimeLimit[] {
  const isMoved = ({ name }: TimeLimit): boolean =>
    !Object.hasOwn(EFFECTS, name) || EFFECTS[name]?.(step, seen) !== false;
  return limits.every(isMoved) ? limits : limits.filter(isMoved);
}

/** Whose a clock is that a step starts: of its signer; what a handler sends back its sender has to take back. */
export function debtorOf({ type, party }: TimedStep, { manifest, custodian }: ItemRow): string {
  const isTurnedBack = type === 'acceptManifest' || type === 'refuseManifest';
  return manifest !== undefined && isTurnedBack ? custodian : party;
}
