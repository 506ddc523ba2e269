import { itemOf } from '../model/concerns.js';
import { rowKey, type RowKey } from '../model/row-keys.js';
import type { ItemRow, Row } from '../model/rows.js';
import { haveProvinces, tablesFor } from '../model/tables-on-record.js';
import { ofBackfill } from './backfill.js';
import { countingOf, ofIntake } from './capacity.js';
import { ofCorrections } from './corrections.js';
import { bearersOf, formerBearerOf } from './created.js';
import {
  findingIdOf,
  type Finding,
  type FindingDecision,
  type Found,
  type Intake,
  type LastPlace,
  type SeenEvent,
  type Stock,
  type Surroundings,
} from './finding.js';
import { ofCategory, ofHolds } from './holds.js';
import { Intents, ofBalance, ofShipment, ofUnit } from './mass.js';
import { ofPlaces, placeAfter } from './places.js';
import { ofRefusals, originsToSee } from './refusals.js';
import { ofStocks } from './stock.js';
import { ofFitting, ofTags, tagsToSee } from './tags.js';

/** What the events of one transaction give. */
export interface Detected {
  readonly findings: readonly Finding[];
  /** Where items were read last, as far as it changes. */
  readonly places: ReadonlyMap<string, LastPlace>;
  /** What parties took in in a year, as far as it changes, by `party/kind/year`. */
  readonly intakes: ReadonlyMap<string, Intake>;
  /** What parties have in store, as far as it changes, by `party/category`. */
  readonly stocks: ReadonlyMap<string, Stock>;
  /** Decisions of Oversight by the id of the finding, which may be unknown. */
  readonly decisions: readonly { readonly finding: string; readonly decision: FindingDecision }[];
}

/**
 * Looks at the recorded events of one transaction, batch after batch. Pure: the same events and rows give the same findings at
 * a gateway and at a verifier.
 */
export function detect(batches: readonly (readonly SeenEvent[])[], around: Surroundings): Detected {
  const findings: Finding[] = [];
  const places = new Map<string, LastPlace>();
  const intakes = new Map<string, Intake>();
  const weighedIn = new Set<string>();
  const intents = new Intents();
  for (const batch of batches) {
    const own = asFor(batch[0]?.signer, around);
    for (const seen of batch) {
      for (const found of ofEvent(seen, own, intents, places)) findings.push(findingOf(seen, found));
      for (const found of counted(seen, around, intakes, weighedIn)) findings.push(findingOf(seen, found));
    }
    const late = ofBackfill(batch, own.tables);
    if (late) findings.push(findingOf(late.first, late.found));
  }
  const events = batches.flat();
  const { stocks, found } = ofStocks(events, around);
  for (const each of found) findings.push(findingOf(each.seen, each.found));
  return { findings, places, intakes, stocks, decisions: events.flatMap(decisionIn) };
}

/** What the intake of a year makes of an event that adds to it. */
function counted(
  seen: SeenEvent,
  around: Surroundings,
  intakes: Map<string, Intake>,
  weighedIn: Set<string>,
): readonly Found[] {
  const counting = countingOf(seen, around);
  if (counting === undefined) return [];
  const { key } = counting;
  if (seen.event.type === 'receiveUnit') {
    const unit = `${key}/${seen.event.item}`;
    if (weighedIn.has(unit)) return [];
    weighedIn.add(unit);
  }
  const party = rowKey.participant(seen.signer);
  const before = intakes.get(key) ?? around.intake(key);
  const { intake, found } = ofIntake(seen, counting, around.written(party) ?? around.before(party), before);
  intakes.set(key, intake);
  return found;
}

/** What surrounds the events of a batch, with the tables of its signer's province. */
function asFor(signer: string | undefined, around: Surroundings): Surroundings {
  if (signer === undefined || !haveProvinces(around.tables)) return around;
  const key = rowKey.participant(signer);
  const { province } = around.written(key) ?? around.before(key) ?? {};
  return { ...around, tables: tablesFor(around.tables, province) };
}

/** Most events are accepted without a notice and tell nothing; they must cost nothing. */
function ofEvent(
  seen: SeenEvent,
  around: Surroundings,
  intents: Intents,
  places: Map<string, LastPlace>,
): readonly Found[] {
  const found: Found[] = [];
  if (seen.verdict !== 'accepted') {
    found.push(...ofRefusals(seen, around), ...ofBalance(seen, around));
  } else {
    found.push(...ofTags(seen, around), ...ofHolds(seen), ...ofCategory(seen, around));
    found.push(...intents.ofAcceptance(seen, around));
    found.push(...ofShipment(seen, around), ...ofUnit(seen, around), ...ofCorrections(seen, around));
  }
  found.push(...ofFitting(seen, around));
  const item = itemOf(seen.event);
  if (item !== undefined && seen.event.station !== undefined) {
    const last = places.get(item) ?? around.lastPlace(item);
    found.push(...ofPlaces(seen, last, around.tables));
    const place = placeAfter(seen, last);
    if (place) places.set(item, place);
  }
  return found;
}

function findingOf({ id, position, event, verdict, signer, time }: SeenEvent, found: Found): Finding {
  return {
    id: findingIdOf(found.kind, id),
    event: id,
    position,
    type: event.type,
    verdict,
    time,
    ...found,
    party: found.party ?? signer,
    status: 'open',
  };
}

function decisionIn({ id, event, verdict, signer, time }: SeenEvent): Detected['decisions'] {
  if (event.type !== 'finding.decide' || verdict !== 'accepted') return [];
  const { finding, outcome, reason } = event.data;
  return [{ finding, decision: { event: id, outcome, reason, by: signer, time } }];
}

/** A finding as Oversight decided it. A later decision stands in place of an earlier one, which is kept beside it. */
export function decided(finding: Finding, decision: FindingDecision): Finding {
  const { decision: last, earlier = [] } = finding;
  const revised = last === undefined ? {} : { earlier: [...earlier, last] };
  return { ...finding, status: 'decided', decision, ...revised };
}

/** Keys of tags and of the origins that {@link detect} asks for beside the items that events name. */
export function rowsToSee(seen: SeenEvent, item: ItemRow | undefined): readonly RowKey<Row>[] {
  return [
    ...tagsToSee(seen, item).map((tag) => rowKey.tag(tag) as RowKey<Row>),
    ...originsToSee(seen, item).map((origin) => rowKey.item(origin) as RowKey<Row>),
  ];
}

/** Ids of the items that those tags lead to, once their rows are read. */
export function rivalsToSee(
  seen: SeenEvent,
  item: ItemRow | undefined,
  around: Surroundings,
): readonly string[] {
  return tagsToSee(seen, item).flatMap((tag) => {
    const former = formerBearerOf(around, tag);
    return former === undefined ? bearersOf(around, tag) : [former, ...bearersOf(around, tag)];
  });
}

/** Items whose last place {@link detect} asks for. */
export function placesToSee({ event }: SeenEvent): readonly string[] {
  const item = event.station === undefined ? undefined : itemOf(event);
  return item === undefined ? [] : [item];
}

/** Keys of the intakes that {@link detect} asks for, once the events are known that corrections name. */
export function intakesToSee(seen: SeenEvent, around: Surroundings): readonly string[] {
  const counting = countingOf(seen, around);
  return counting === undefined ? [] : [counting.key];
}
