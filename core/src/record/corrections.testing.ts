import { expect } from 'vitest';
import type { ItemEvent, LedgerEvent } from '../model/events.js';
import { mentionsOf } from '../model/concerns.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { readUndos } from '../model/facts/correction.js';
import { eventCheck, giverOf } from '../rules/undo.js';
import { agrees, corrects, lastEventOf } from '../testing/corrections.js';
import type { Party, Plain, Trade } from '../testing/trade.js';

/** An accepted event of an item, as those who correct things by chance remember it. */
export interface Told {
  readonly id: string;
  readonly event: ItemEvent;
  readonly party: Party;
}

/** The last events of items, and the refused ones. */
export class Memory {
  readonly last = new Map<string, Told>();
  readonly asked = new Map<string, Told>();
  readonly refused: { readonly item: string; readonly id: string }[] = [];

  /** Takes in what became of an event that was recorded alone. */
  tell(party: Party, event: LedgerEvent, verdict: string): void {
    if (!('item' in event)) return;
    const id = lastEventOf(party);
    if (verdict !== 'accepted') this.refused.push({ item: event.item, id });
    else if (event.type === 'correct' || event.type === 'agreeCorrection') {
      const wrong = this.last.get(event.item);
      if (wrong) this.asked.set(event.item, wrong);
    } else if (event.type !== 'classifyRefusal') this.last.set(event.item, { id, event, party });
  }
}

export type CorrectionType = 'correct' | 'agreeCorrection' | 'classifyRefusal';

/** A correction that has a chance: of the last event of an item. */
export function correctionOf(
  { last, asked, refused }: Memory,
  type: CorrectionType,
  parties: readonly Party[],
  number: number,
): { readonly party: Party; readonly event: Plain<ItemEvent> } | undefined {
  const pick = <T>(all: readonly T[]): T | undefined => all[number % Math.max(1, all.length)];
  const anybody = parties[number % parties.length];
  if (type === 'classifyRefusal') {
    const found = pick(refused);
    const auditor = parties.at(-1);
    return found && auditor
      ? { party: auditor, event: { type, item: found.item, data: { event: found.id, class: 'attempt' } } }
      : undefined;
  }
  const wrong = pick([...(type === 'correct' ? last : asked).values()]);
  if (!wrong || !anybody) return undefined;
  const { item } = wrong.event;
  const made = outputsOf(wrong.event);
  const outputs = made.length > 0 ? { outputs: made } : {};
  const data = { event: wrong.id, eventType: wrong.event.type, termVersion: 1, ...outputs };
  if (type === 'agreeCorrection') return { party: anybody, event: { type, item, data } };
  return { party: wrong.party, event: { type, item, data: { ...data, reason: 'wrongStep' } } };
}

function outputsOf(event: ItemEvent): string[] {
  return ['depollute', 'dismantle', 'remanufacture'].includes(event.type) ? [...mentionsOf(event)] : [];
}

/** What a correction may do to an item: put it back, mark it, or void what came of the wrong event. */
export function checkCorrected(event: LedgerEvent, id: string, before: ItemRow, after: ItemRow): void {
  // A fitting that is taken back leaves no registration to be changed.
  const hadChange = before.insurance?.changes !== undefined;
  // Tags that are bound again may be disputed; those of a void item leave who else claims them undisputed.
  const disputes = after.contested === true || before.contested === true;
  expect(after.count === before.count + 1 || disputes || hadChange).toBe(true);
  expect(after).toMatchObject({ kind: before.kind, category: before.category });
  if ('item' in event && event.item !== id && after.count > before.count) expect(after.state).toBe('voided');
}

/** An item without what goes on growing, and without a dispute, which others begin. */
function standing(row: ItemRow): Partial<ItemRow> {
  const { count: _count, head: _head, correction: _facts, contested: _dispute, ...rest } = row;
  return rest;
}

/**
 * Takes back what an item's last event did, if it can be, compares, and leaves the ledger as it was.
 *
 * @returns true when it was taken back
 */
export function isPutBack(
  trade: Trade,
  parties: readonly Party[],
  told: Told,
  before: ItemRow | undefined,
): boolean {
  const { world } = trade;
  const { event, id, party } = told;
  const now = trade.item(event.item);
  const [top] = readUndos(now.correction?.undo);
  if (top?.event !== eventCheck(id) || now.hold !== undefined) return false;
  const rows = new Map(world.rows);
  const lanes = parties.map(({ signer }) => [signer, signer.sequence, signer.head] as const);
  const outputs = outputsOf(event);
  const named = outputs.length > 0 ? { outputs } : {};
  const giver = parties.find(({ creditCode }) => creditCode === giverOf(top));
  const holder = parties.find(({ creditCode }) => creditCode === now.custodian);
  const verdict =
    giver && holder && giver !== holder
      ? [corrects(trade, holder, event.item, id, named), agrees(trade, giver, event.item, id, named)].at(-1)
      : corrects(trade, party, event.item, id, named);
  const after = world.row(rowKey.item(event.item));
  world.rows.clear();
  for (const [key, row] of rows) world.rows.set(key, row);
  for (const [signer, sequence, head] of lanes) Object.assign(signer, { sequence, head });
  if (verdict === 'HL-2021' || verdict === 'HL-2020' || verdict === 'HL-2115') return false;
  expect(verdict, event.type).toBe('accepted');
  if (before === undefined) expect(after?.state).toBe('voided');
  else expect(after && standing(after), event.type).toEqual(standing(before));
  return true;
}
