import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import type { ItemKind } from '../model/terms.js';
import type { Tag } from '../tags/tag.js';
import type { Signer } from '../testing/signer.js';
import { Trade, type Party } from '../testing/trade.js';
import { MAX_CONTENDERS } from './item.js';
import { numbered } from '../testing/numbered.js';

const VIN: Tag = { scheme: 'vin', value: 'LSVAM4186C2123456' };
const SERIAL: Tag = { scheme: 'serial', value: 'EA211-0042' };

let trade: Trade;
let plant: Party;
let rival: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler', 'shredder']);
  rival = trade.party('rival', ['dismantler']);
});

function registers(
  who: Party,
  name: string,
  tags: Tag[] = [],
  kind: ItemKind = 'part',
): { id: string; verdict: string } {
  const { item, nonce } = who.signer.item(name);
  const verdict = trade.does(who, {
    type: 'register',
    item,
    data: { kind, category: 'sedan', nonce, tags, massGrams: 1_200_000 },
  });
  return { id: item, verdict };
}
const awards = (who: Signer, tag: Tag, item: string): string =>
  trade.does(who, { type: 'tag.award', data: { tag, item } });
const disposes = (who: Party, item: string): string =>
  trade.does(who, { type: 'dispose', item, data: { method: 'shredded' } });

describe('a registration', () => {
  it('brings an item into the hands and the property of the one who registers it', () => {
    const { id, verdict } = registers(plant, 'car', [VIN]);
    expect(verdict).toBe('accepted');
    expect(trade.item(id)).toMatchObject({
      state: 'registered',
      custodian: plant.creditCode,
      owner: plant.creditCode,
      count: 1,
      tags: [VIN],
    });
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: id });
  });

  it('is refused with an id that another key or nonce yields, so that nobody can take an id first', () => {
    const { item, nonce } = rival.signer.item('car');
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    expect(trade.does(plant, { type: 'register', item, data })).toBe('HL-2003');
    expect(trade.does(rival, { type: 'register', item, data })).toBe('accepted');
    expect(trade.does(rival, { type: 'register', item, data })).toBe('HL-2002');
  });

  it('of a vehicle names its VIN or, where it has none, its frame number', () => {
    expect(registers(plant, 'car', [], 'vehicle').verdict).toBe('HL-2301');
    const label = { scheme: 'label' as const, value: 'a'.repeat(64) };
    expect(registers(plant, 'car', [label], 'vehicle').verdict).toBe('HL-2301');
    expect(registers(plant, 'car', [VIN, label], 'vehicle').verdict).toBe('accepted');
    expect(registers(plant, 'tractor', numbered('F-1'), 'vehicle').verdict).toBe('accepted');
  });

  it('is refused to a role that does not take in such things', () => {
    expect(registers(plant, 'television', [], 'device').verdict).toBe('HL-2030');
    const insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
    expect(registers(insurer, 'wreck', [VIN], 'vehicle').verdict).toBe('accepted');
    expect(registers(insurer, 'engine', [], 'part').verdict).toBe('HL-2030');
  });

  it('is refused to a suspended participant until Oversight reinstates it', () => {
    trade.given(trade.recycling, {
      type: 'participant.suspend',
      data: { creditCode: plant.creditCode, reason: 'audit' },
    });
    expect(registers(plant, 'car').verdict).toBe('HL-2032');
    trade.given(trade.oversight, { type: 'participant.reinstate', data: { creditCode: plant.creditCode } });
    expect(registers(plant, 'car').verdict).toBe('accepted');
  });

  it('is refused to an administrator’s key', () => {
    const { item, nonce } = trade.recycling.item('car');
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    expect(trade.does(trade.recycling, { type: 'register', item, data })).toBe('HL-2090');
  });
});

describe('a tag that is bound to a live item', () => {
  it('does not block a second registration: both are contested, the first stays bound', () => {
    const first = registers(plant, 'car', [VIN]);
    const second = registers(rival, 'same car', [VIN]);
    expect(second.verdict).toBe('accepted');
    expect(trade.item(first.id).contested).toBe(true);
    expect(trade.item(second.id).contested).toBe(true);
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: first.id, contenders: [second.id] });
  });

  it('is told with the batch as a notice', () => {
    registers(plant, 'car', [VIN]);
    const { item, nonce } = rival.signer.item('same car');
    const event = trade.event({
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: [VIN] },
    });
    const [batch] = trade.world.record(rival.signer.batch([event])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'], notices: [[0, 'HL-2040']] });
  });

  it('is awarded by Oversight to one; the others go on without it', () => {
    const first = registers(plant, 'car', [VIN, SERIAL]);
    const second = registers(rival, 'same car', [VIN]);
    expect(awards(trade.recycling, VIN, second.id)).toBe('HL-3033');
    expect(awards(trade.oversight, VIN, second.id)).toBe('accepted');
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: second.id });
    expect(trade.item(first.id)).toMatchObject({ tags: [SERIAL] });
    expect(trade.item(first.id).contested).toBeUndefined();
    expect(trade.item(second.id)).toMatchObject({ tags: [VIN] });
    expect(trade.item(second.id).contested).toBeUndefined();
  });

  it('awarded, leaves an item contested whose other tag is still in dispute', () => {
    const first = registers(plant, 'car', [VIN, SERIAL]);
    const second = registers(rival, 'same car', [VIN, SERIAL]);
    awards(trade.oversight, VIN, first.id);
    expect(trade.item(first.id).contested).toBe(true);
    expect(trade.item(second.id).contested).toBe(true);
    awards(trade.oversight, SERIAL, first.id);
    expect(trade.item(first.id).contested).toBeUndefined();
    expect(trade.item(second.id).contested).toBeUndefined();
    expect(trade.item(second.id).tags).toBeUndefined();
  });

  it('cannot be awarded to an item that does not claim it', () => {
    const first = registers(plant, 'car', [VIN]);
    const second = registers(rival, 'same car', [VIN]);
    const stranger = registers(rival, 'another car');
    expect(awards(trade.oversight, VIN, stranger.id)).toBe('HL-2001');
    expect(awards(trade.oversight, SERIAL, first.id)).toBe('HL-2001');
    expect(awards(trade.oversight, VIN, second.id)).toBe('accepted');
  });

  it('may have been that of one that is no more: who claims it besides goes on without it', () => {
    const first = registers(plant, 'car', [VIN]);
    const second = registers(rival, 'same car', [VIN]);
    disposes(plant, first.id);
    expect(awards(trade.oversight, VIN, first.id)).toBe('accepted');
    expect(trade.item(second.id).tags).toBeUndefined();
    expect([first, second].map(({ id }) => trade.item(id).contested)).toEqual([undefined, undefined]);
    expect(trade.world.row(rowKey.tag(VIN))).toMatchObject({ item: first.id, retired: true });
    const third = registers(rival, 'third car', [VIN]);
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: third.id, former: first.id });
  });

  it('can be claimed by a bounded number of others, so that strangers cannot make it costly', () => {
    const first = registers(plant, 'car', [VIN]);
    const verdicts = Array.from(
      { length: MAX_CONTENDERS + 1 },
      (_, i) => registers(rival, `copy ${i}`, [VIN]).verdict,
    );
    expect(verdicts).toEqual([...Array.from({ length: MAX_CONTENDERS }, () => 'accepted'), 'HL-2041']);
    const group = plant.signer.batch([
      trade.event({ type: 'inspect', item: first.id, data: { result: 'fit' } }),
    ]);
    expect(trade.world.record(group).batches[0]?.verdicts).toEqual(['accepted']);
  });

  it('named twice by one registration is bound once', () => {
    const { id, verdict } = registers(plant, 'car', [VIN, VIN]);
    expect(verdict).toBe('accepted');
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: id });
    expect(trade.item(id).contested).toBeUndefined();
  });
});

describe('a tag of an item that is no more', () => {
  it('is bound anew, with a notice', () => {
    const first = registers(plant, 'car', [VIN]);
    disposes(plant, first.id);
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: first.id, retired: true });
    const { item, nonce } = rival.signer.item('risen car');
    const event = trade.event({
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: [VIN] },
    });
    const [batch] = trade.world.record(rival.signer.batch([event])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'], notices: [[0, 'HL-2042']] });
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item, former: first.id });
  });

  it('stays in dispute among those who still claim it', () => {
    const first = registers(plant, 'car', [VIN]);
    const second = registers(rival, 'same car', [VIN]);
    disposes(plant, first.id);
    const third = registers(rival, 'third car', [VIN]);
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({
      item: first.id,
      contenders: [second.id, third.id],
      retired: true,
    });
    expect(trade.item(third.id).contested).toBe(true);
    expect(awards(trade.oversight, VIN, third.id)).toBe('accepted');
    expect(trade.item(second.id).tags).toBeUndefined();
    expect(trade.item(first.id).tags).toEqual([VIN]);
  });

  it('loses the claim of a contender that is no more', () => {
    const shredder = trade.party('shredder', ['dismantler', 'shredder']);
    const first = registers(plant, 'car', [VIN]);
    const second = registers(shredder, 'same car', [VIN]);
    disposes(shredder, second.id);
    expect(trade.world.row(rowKey.tag(VIN))).toEqual({ item: first.id, former: second.id });
  });
});

describe('an inspection', () => {
  it('by the holder finds the item fit or unfit, and a later one replaces it', () => {
    const { id } = registers(plant, 'car');
    const inspects = (result: 'fit' | 'unfit', who = plant): string =>
      trade.does(who, { type: 'inspect', item: id, data: { result } });
    expect(inspects('fit')).toBe('accepted');
    expect(trade.item(id)).toMatchObject({ state: 'inspected', inspection: 'fit' });
    expect(inspects('unfit')).toBe('accepted');
    expect(trade.item(id)).toMatchObject({ state: 'inspected', inspection: 'unfit' });
    expect(inspects('fit', rival)).toBe('HL-2020');
  });

  it('of an unknown item, of a lot and of a disposed item is refused', () => {
    const inspect = (item: string): string =>
      trade.does(plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(inspect(plant.signer.item('nothing').item)).toBe('HL-2001');
    expect(inspect(registers(plant, 'copper', [], 'lot').id)).toBe('HL-2004');
    const { id } = registers(plant, 'car');
    disposes(plant, id);
    expect(inspect(id)).toBe('HL-2011');
  });
});
