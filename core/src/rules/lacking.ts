import type { ErrorCode } from '../messages/catalogue.js';
import type { EventOf, ItemEventType, LedgerEvent } from '../model/events.js';
import { catalogueEntry, type ApplianceType, type Measure } from '../model/facts/appliance-catalogue.js';
import type { ItemRow, RuleRow } from '../model/rows.js';
import { LINE_STEPS } from './appliance-ways.js';
import { listedFor, REQUIRED_PARTS } from './appliances.js';
import { MASS_TOLERANCE, massOf } from './dismantling.js';
import { stepOf } from './lifecycle/index.js';

/** What a refused step lacked, where the item, the event and a table tell more than the code. Masses are in grams. */
export type Lacking =
  | { readonly what: 'given'; readonly members: readonly string[] }
  | { readonly what: 'lineSteps'; readonly steps: readonly string[] }
  | { readonly what: 'nextLineStep'; readonly step: string | undefined }
  | { readonly what: 'missingParts'; readonly parts: readonly string[] }
  | {
      readonly what: 'description';
      readonly types: readonly ApplianceType[];
      readonly measure: Measure | undefined;
    }
  | { readonly what: 'packsInside'; readonly packs: readonly string[] }
  | { readonly what: 'lots'; readonly lots: readonly string[] }
  | {
      readonly what: 'mass';
      readonly into: number;
      readonly out: number;
      /** How far they may lie apart. */
      readonly tolerance: number;
      /** True where one thing was weighed again and nothing came out of it. */
      readonly weighedAgain?: true;
    };

type Named = Pick<LedgerEvent, 'type' | 'data'>;
type Table = RuleRow['table'];

/** The table that has to be looked at to say what a step lacked, if one has. */
export function tableOfLacking(
  code: ErrorCode,
  event: Named,
  { appliance }: ItemRow,
): { readonly name: string; readonly province: string; readonly version: number } | undefined {
  const data = event.data as Readonly<Record<string, unknown>>;
  const of = (table: { name: string; province: string }, version: unknown) =>
    typeof version === 'number' ? { ...table, version } : undefined;
  switch (code) {
    case 'HL-2129':
    case 'HL-2130':
      return of(LINE_STEPS, appliance?.stepsVersion);
    case 'HL-2124':
      return of(REQUIRED_PARTS, data['partsVersion']);
    case 'HL-2050':
      return of(MASS_TOLERANCE, data['toleranceVersion']);
    default:
      return undefined;
  }
}

/**
 * What a refused step lacked.
 *
 * @param item as it stands
 * @param table the one that {@link tableOfLacking} names
 * @returns undefined where the text of the code says it all
 */
export function lackingOf(
  code: ErrorCode,
  event: Named,
  item: ItemRow,
  table: Table | undefined,
): Lacking | undefined {
  const { type } = event;
  const { appliance, battery, manifest } = item;
  switch (code) {
    case 'HL-2012': {
      const { given = [], optional = [] } = stepOf(type as ItemEventType, item.kind) ?? {};
      const missing = given.filter((name) => !Object.hasOwn(event.data, name));
      // Where nothing must be given, one of what may be.
      return { what: 'given', members: missing.length > 0 ? missing : optional };
    }
    case 'HL-2129':
    case 'HL-2130': {
      const left = (table && listedFor(table, item))?.slice(appliance?.stepsDone ?? 0);
      if (left === undefined) return undefined;
      return code === 'HL-2130'
        ? { what: 'lineSteps', steps: left }
        : { what: 'nextLineStep', step: left[0] };
    }
    case 'HL-2124':
      return table && partsToProve(event.data as EventOf<'receiveUnit'>['data'], item, table);
    case 'HL-2126': {
      const { types = [], measure } = catalogueEntry(item.category) ?? {};
      return { what: 'description', types, measure };
    }
    case 'HL-2165':
    case 'HL-2162':
      return battery?.packs && { what: 'packsInside', packs: battery.packs };
    case 'HL-2156':
      return manifest && { what: 'lots', lots: manifest.lots };
    case 'HL-2050':
      return massOff(event, item, table);
    default:
      return undefined;
  }
}

function partsToProve(
  { type, missing = [] }: EventOf<'receiveUnit'>['data'],
  item: ItemRow,
  table: Table,
): Lacking {
  const required = listedFor(table, { ...item, appliance: { ...item.appliance, type } }) ?? [];
  return { what: 'missingParts', parts: missing.filter((part) => required.includes(part)) };
}

/** Members of events that bring mass out or weigh, as far as a balance is made of them. */
interface Weighing {
  readonly outputs?: Parameters<typeof massOf>[0];
  readonly output?: { readonly massGrams: number };
  readonly product?: { readonly massGrams: number };
  readonly weighing?: { readonly netGrams: number };
  readonly massGrams?: number;
  readonly residueGrams?: number;
  readonly lossGrams?: number;
  readonly addedGrams?: number;
  readonly others?: readonly string[];
}

/** What went in, what came out and how far they may lie apart. Of several lots the rows of the others would be needed. */
function massOff(event: Named, item: ItemRow, table: Table | undefined): Lacking | undefined {
  const data = event.data as Weighing;
  const sides = sidesOf(event.type, data, item);
  if (sides === undefined || data.others !== undefined) return undefined;
  const permille = table?.['permille'];
  if (table !== undefined && typeof permille !== 'number') return undefined;
  const { into, out } = sides;
  const tolerance = typeof permille === 'number' ? Math.floor((into * permille) / 1000) : 0;
  const again = event.type === 'takeInBattery' || event.type === 'weigh';
  return { what: 'mass', into, out, tolerance, ...(again ? { weighedAgain: true } : {}) };
}

function sidesOf(
  type: Named['type'],
  data: Weighing,
  { kind, massGrams, takenGrams = 0, lot }: ItemRow,
): { readonly into: number; readonly out: number } | undefined {
  if (massGrams === undefined) return undefined;
  const { lossGrams = 0, addedGrams = 0, residueGrams = 0 } = data;
  const came = massOf(data.outputs ?? []);
  switch (type) {
    case 'depollute':
      return { into: massGrams, out: takenGrams + came };
    case 'dismantle':
      return { into: massGrams, out: (kind === 'vehicle' ? takenGrams : lossGrams) + came };
    case 'leaveHulk':
      return { into: massGrams, out: takenGrams + (data.massGrams ?? 0) + lossGrams };
    case 'shred':
      return { into: massGrams - takenGrams, out: came + lossGrams };
    case 'takeInBattery':
      return { into: massGrams, out: data.massGrams ?? 0 };
    case 'recycle':
      return { into: massGrams, out: came + lossGrams };
    case 'repurpose':
      return { into: massGrams + addedGrams, out: (data.product?.massGrams ?? 0) + lossGrams };
    case 'split':
    case 'transform':
      return { into: Math.min(massGrams, lot?.bookGrams ?? massGrams), out: came + lossGrams };
    case 'sort':
      return { into: massGrams, out: takenGrams + came };
    case 'closeSorting':
      return { into: massGrams, out: takenGrams + residueGrams };
    case 'weigh':
      return { into: lot?.bookGrams ?? massGrams, out: (data.weighing?.netGrams ?? 0) + lossGrams };
    case 'sample':
      return { into: massGrams, out: data.output?.massGrams ?? 0 };
    default:
      return undefined;
  }
}
