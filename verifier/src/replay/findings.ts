import {
  canonicalText,
  FindingWatch,
  type Finding,
  type Intake,
  type JudgedTransaction,
  type LastPlace,
  type Row,
  type Stock,
} from '@huilian/core';
import type { ExpectedRows } from '../compare-rows.js';
import type { Table } from '../rows/table.js';

/** No name of a chaincode: these tables hold what is derived from its rows. */
export const FINDINGS = ' findings';
export const PLACES = ' places';

/** When a row was written says nothing here. */
const someVersion = 0;
const prefix = 'finding/';
/** Intakes, stocks and what events are lie beside the places, whose keys are ids of items. */
const intakePrefix = 'intake/';
const stockPrefix = 'stock/';
const eventsPrefix = 'events/';

/** What the events of a batch are, and their ledger time in seconds. */
interface KeptBatch {
  readonly time: number;
  readonly events: readonly (readonly [type: string, item?: string])[];
}

/** What the blocks so far show that somebody has to look at, found anew by the detectors of core. */
export class Findings implements ExpectedRows {
  readonly #findings: Table;
  readonly #watch: FindingWatch;

  constructor(findings: Table, places: Table) {
    this.#findings = findings;
    const read = (table: Table, key: string): unknown => {
      const { text } = table.entry(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    };
    this.#watch = new FindingWatch({
      place: (item) => read(places, item) as LastPlace | undefined,
      putPlace: (item, place) => void places.set(item, JSON.stringify(place), someVersion),
      events: (batch) => {
        const kept = read(places, eventsPrefix + batch) as KeptBatch | undefined;
        return kept?.events.map(([type, item]) => ({ type, item, time: kept.time }));
      },
      putEvents: (batch, kinds) => {
        const events = kinds.map(({ type, item }) => (item === undefined ? [type] : [type, item]));
        const kept = { time: kinds[0]?.time ?? 0, events };
        places.set(eventsPrefix + batch, JSON.stringify(kept), someVersion);
      },
      intake: (key) => read(places, intakePrefix + key) as Intake | undefined,
      putIntake: (key, intake) => void places.set(intakePrefix + key, JSON.stringify(intake), someVersion),
      stock: (key) => read(places, stockPrefix + key) as Stock | undefined,
      putStock: (key, stock) => void places.set(stockPrefix + key, JSON.stringify(stock), someVersion),
      finding: (id) => read(findings, prefix + id) as Finding | undefined,
      putFinding: (finding) => void findings.set(prefix + finding.id, canonicalText(finding), someVersion),
    });
  }

  /** Takes a transaction whose writes hold. @param before reads rows as it found them */
  take(transaction: JudgedTransaction, before: (key: string) => Row | undefined): void {
    this.#watch.take(transaction, before);
  }

  /** `finding/` and the id of each finding. */
  *keys(): Generator<string, void, void> {
    for (const [key, { text }] of this.#findings.entries()) if (text !== undefined) yield key;
  }

  /** The canonical text of a finding. */
  text(key: string): string | undefined {
    return this.#findings.entry(key).text;
  }
}
