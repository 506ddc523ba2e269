import type { LedgerEvent } from '../model/events.js';
import type { ItemRow, OpenAcceptance, OpenHandover } from '../model/rows.js';
import { massLeft } from '../rules/dismantling.js';
import { itemSeen } from './created.js';
import type { Found, SeenEvent, Surroundings } from './finding.js';
import { limitAt } from './tables.js';

/** Out of something comes more than went in. The same refusal of what is missing is no finding: that is a loss to be weighed. */
export function ofBalance({ event, verdict }: SeenEvent, around: Surroundings): readonly Found[] {
  if ((verdict !== 'HL-2050' && verdict !== 'HL-2287') || !('item' in event)) return [];
  const row = itemSeen(around, event.item);
  const left = row && massLeft(row);
  const { addedGrams = 0 } = event.data as { addedGrams?: number };
  const inGrams = left === undefined ? undefined : left + addedGrams;
  const outGrams = massOut(event);
  if (inGrams === undefined || outGrams <= inGrams) return [];
  return [{ kind: 'massAppears', items: [event.item], evidence: { code: verdict, inGrams, outGrams } }];
}

/** What arrives under a manifest weighs otherwise than it was sent, by more than the table in force when it was judged allows. */
export function ofShipment({ event, notice }: SeenEvent, around: Surroundings): readonly Found[] {
  if (notice !== 'HL-2271' || event.type !== 'acceptManifest') return [];
  const lots = event.data.lots.map(({ item, massGrams }) => ({
    item,
    sent: itemSeen(around, item)?.massGrams ?? 0,
    arrived: massGrams,
  }));
  const inGrams = lots.reduce((sum, { sent }) => sum + sent, 0);
  const outGrams = lots.reduce((sum, { arrived }) => sum + arrived, 0);
  const items = [event.item, ...lots.flatMap(({ item, sent, arrived }) => (sent === arrived ? [] : [item]))];
  return [{ kind: 'shipmentDiffers', items, evidence: { code: notice, inGrams, outGrams } }];
}

/**
 * A unit is weighed in and weighs more than when it came off its truck or was weighed in before: what comes out of it on the line is held
 * against what it weighs now.
 */
export function ofUnit({ event, time }: SeenEvent, around: Surroundings): readonly Found[] {
  if (event.type !== 'receiveUnit') return [];
  const row = itemSeen(around, event.item);
  if (row === undefined) return [];
  const wasWeighed = row.parent !== undefined || row.state === 'received' || row.state === 'graded';
  const inGrams = wasWeighed ? row.massGrams : undefined;
  const permille = limitAt(around.tables, 'acceptedAbovePermille', time);
  const { massGrams: outGrams } = event.data;
  if (inGrams === undefined || permille === undefined) return [];
  if (outGrams * 1_000 <= inGrams * (1_000 + permille)) return [];
  return [{ kind: 'massAppears', items: [event.item], evidence: { inGrams, outGrams } }];
}

/** What an event says that comes out, in grams. */
function massOut({ data }: LedgerEvent): number {
  const {
    outputs = [],
    product,
    massGrams = 0,
    lossGrams = 0,
  } = data as {
    outputs?: readonly { readonly massGrams: number }[];
    product?: { readonly massGrams: number };
    massGrams?: number;
    lossGrams?: number;
  };
  const made = product === undefined ? outputs : [...outputs, product];
  return made.reduce((sum, output) => sum + output.massGrams, massGrams + lossGrams);
}

/**
 * Handovers and acceptances of the transaction whose counterpart may still come, by item and, for acceptances, by their
 * signer: rows show only what was open before.
 */
export class Intents {
  readonly #handovers = new Map<string, OpenHandover>();
  readonly #acceptances = new Map<string, OpenAcceptance>();

  /** The receiver weighs more than the giver said that it is. Either may come first. */
  ofAcceptance(seen: SeenEvent, around: Surroundings): readonly Found[] {
    const { event, verdict, signer, time } = seen;
    if (verdict !== 'accepted' || (event.type !== 'accept' && event.type !== 'handover')) return [];
    const permille = limitAt(around.tables, 'acceptedAbovePermille', time);
    if (permille === undefined) return [];
    const row = itemSeen(around, event.item);
    const pair = event.type === 'accept' ? this.#accepted(event, signer, row) : this.#handedOver(event, row);
    const { inGrams, outGrams } = pair;
    if (inGrams === undefined || outGrams === undefined) return [];
    if (outGrams * 1_000 <= inGrams * (1_000 + permille)) return [];
    return [{ kind: 'massAppears', items: [event.item], evidence: { inGrams, outGrams } }];
  }

  #accepted(
    { item, data }: Extract<LedgerEvent, { type: 'accept' }>,
    signer: string,
    row: ItemRow | undefined,
  ): Weighed {
    const handover = this.#handovers.get(item) ?? row?.handover;
    const { massGrams } = data;
    if (handover?.to === signer) {
      this.#handovers.delete(item);
      return { inGrams: handover.massGrams, outGrams: massGrams };
    }
    this.#acceptances.set(`${item}/${signer}`, { by: signer, ...data });
    return {};
  }

  #handedOver({ item, data }: Extract<LedgerEvent, { type: 'handover' }>, row: ItemRow | undefined): Weighed {
    const { to, massGrams } = data;
    this.#handovers.set(item, data);
    const waiting =
      this.#acceptances.get(`${item}/${to}`) ?? row?.acceptances?.find((acceptance) => acceptance.by === to);
    return { inGrams: massGrams, outGrams: waiting?.massGrams };
  }
}

interface Weighed {
  readonly inGrams?: number | undefined;
  readonly outGrams?: number | undefined;
}
