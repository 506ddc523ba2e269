import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { agrees, correctable, corrects, lastEventOf, recorded } from '../testing/corrections.js';
import { Trade, type Party } from '../testing/trade.js';

const DAY = 86_400;

let trade: Trade;
let plant: Party;
let maker: Party;
let shop: Party;
beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  trade.table('massTolerance', 1, { permille: 20 });
  plant = trade.party('plant', ['dismantler', 'processor']);
  maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

/** A part that a party registers. */
function part(who: Party, name: string, category = 'starter'): string {
  const { item, nonce } = who.signer.item(name);
  const tags = [{ scheme: 'serial' as const, value: name.replaceAll(' ', '-') }];
  const data = { kind: 'part' as const, category, nonce, tags, massGrams: 6000 };
  trade.given(who, { type: 'register', item, data });
  return item;
}

/** What an item is, apart from what goes on growing. */
function standing(id: string): Omit<ItemRow, 'count' | 'head' | 'correction'> {
  const { count: _count, head: _head, correction: _facts, ...row } = trade.item(id);
  return row;
}

describe('a wrong step of one party', () => {
  it('is taken back by who recorded it, and the item is as it was', () => {
    const item = part(plant, 'starter 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
    expect(trade.item(item).count).toBe(3);
  });

  it('is declared wrong once', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    corrects(trade, plant, item, wrong);
    expect(corrects(trade, plant, item, wrong)).toBe('HL-2241');
  });

  it('is replaced by the right one, which names it', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    corrects(trade, plant, item, wrong);
    const right = { type: 'inspect' as const, item, data: { result: 'fit' as const } };
    expect(trade.does(plant, { ...right, replaces: wrong })).toBe('accepted');
    expect(trade.item(item).inspection).toBe('fit');
  });

  it('cannot be replaced when it is not on the ledger or was refused', () => {
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    const right = { type: 'inspect' as const, item, data: { result: 'fit' as const } };
    expect(trade.does(plant, { ...right, replaces: lastEventOf(shop) })).toBe('HL-2251');
    expect(trade.does(plant, { ...right, replaces: `${shop.signer.keyId}.99.0` })).toBe('HL-2251');
  });

  it('is not for another party to take back', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(corrects(trade, shop, item, wrong)).toBe('HL-2243');
  });

  it('was recorded and accepted, else there is nothing to correct', () => {
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    expect(corrects(trade, shop, item, lastEventOf(shop))).toBe('HL-2240');
    expect(corrects(trade, plant, item, `${plant.signer.keyId}.99.0`)).toBe('HL-2240');
  });

  it('is taken back after what stands on it', () => {
    const item = part(plant, 'starter 1');
    const inspected = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    const core = recorded(trade, plant, { type: 'designateCore', item, data: {} });
    expect(corrects(trade, plant, item, inspected)).toBe('HL-2242');
    expect(corrects(trade, plant, item, core)).toBe('accepted');
    expect(corrects(trade, plant, item, inspected)).toBe('accepted');
    expect(standing(item)).toMatchObject({ state: 'registered', class: 'usedPart', inspection: undefined });
  });

  it('is taken back within the term of the table, and not on the day after', () => {
    const items = ['starter 1', 'starter 2'].map((name) => part(plant, name));
    const wrongs = items.map((item) =>
      recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } }),
    );
    trade.world.time += 7 * DAY;
    expect(corrects(trade, plant, items[0] ?? '', wrongs[0] ?? '')).toBe('accepted');
    trade.world.time += 1;
    expect(corrects(trade, plant, items[1] ?? '', wrongs[1] ?? '')).toBe('HL-2244');
  });

  it('is judged by a table that is in force', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(corrects(trade, plant, item, wrong, { termVersion: 2 })).toBe('HL-2070');
  });

  it('takes no agreement', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(agrees(trade, plant, item, wrong)).toBe('HL-2247');
  });

  it('is not taken back while the item is held', () => {
    const item = trade.scrapped(plant, 'car 1');
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const wrong = recorded(trade, plant, {
      type: 'depollute',
      item,
      data: { outputs: [oil()] },
    });
    trade.given(police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });
    expect(corrects(trade, plant, item, wrong, { outputs: [oil().item] })).toBe('HL-2100');
  });
});

function oil(massGrams = 5_000) {
  return { ...plant.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams };
}

describe('a wrong registration', () => {
  it('voids the item, and its tag is free for the right one', () => {
    const { item, nonce } = plant.signer.item('car 1');
    const tags = [{ scheme: 'serial' as const, value: 'S-1' }];
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags };
    const wrong = recorded(trade, plant, { type: 'register', item, data });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).state).toBe('voided');
    expect(trade.does(plant, { type: 'surrender', item, data: {} })).toBe('HL-2011');
    const right = plant.signer.item('car 2');
    const again = trade.event({
      type: 'register',
      item: right.item,
      data: { ...data, nonce: right.nonce },
    });
    const [batch] = trade.world.record(plant.signer.batch([again])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'] });
    expect(batch?.notices, 'no resurrection').toBeUndefined();
    const bound = trade.world.row(rowKey.tag({ scheme: 'serial', value: 'S-1' }));
    expect(bound).toEqual({ item: right.item });
  });

  it('cannot be taken back once the item was passed on', () => {
    const { item, nonce } = plant.signer.item('part');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [] };
    const wrong = recorded(trade, plant, { type: 'register', item, data });
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(corrects(trade, shop, item, wrong, { eventType: 'register' })).toBe('accepted');
    expect(trade.item(item).state).toBe('registered');
    expect(agrees(trade, plant, item, wrong, { eventType: 'register' })).toBe('accepted');
    expect(trade.item(item), 'it stands, and is questioned').toMatchObject({ state: 'registered' });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
  });
});

describe('a wrong change of hands', () => {
  it('is taken back by the giver as long as nobody has accepted', () => {
    const item = part(plant, 'starter 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'handover', item, data: { to: shop.creditCode } });
    expect(trade.does(plant, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2021');
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
    expect(trade.does(shop, { type: 'accept', item, data: { from: plant.creditCode } }), 'waits').toBe(
      'accepted',
    );
    expect(trade.item(item).custodian).toBe(plant.creditCode);
  });

  it('is not stopped by a stranger whose acceptance waits', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).acceptances).toHaveLength(1);
  });

  it.each([
    ['the receiver asks and the giver agrees', 'receiver'],
    ['the giver agrees before the receiver has asked', 'giver'],
  ])('takes both hands: %s', (_what, first) => {
    const item = part(plant, 'starter 1');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode, massGrams: 6000 } });
    const open = standing(item);
    const wrong = recorded(trade, shop, { type: 'accept', item, data: { from: plant.creditCode } });
    const asks = () => corrects(trade, shop, item, wrong);
    const consents = () => agrees(trade, plant, item, wrong);
    const [one, other] = first === 'receiver' ? [asks, consents] : [consents, asks];
    expect(one()).toBe('accepted');
    expect(trade.item(item).custodian).toBe(shop.creditCode);
    expect(one(), 'the same hand twice').toBe('HL-2245');
    expect(other()).toBe('accepted');
    expect(standing(item)).toEqual(open);
    trade.given(plant, { type: 'withdraw', item, data: {} });
    expect(standing(item)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });

  it('takes both hands when the acceptance came first, too', () => {
    const item = part(plant, 'starter 1');
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    const wrong = recorded(trade, plant, { type: 'handover', item, data: { to: shop.creditCode } });
    expect(trade.item(item).custodian).toBe(shop.creditCode);
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).custodian, 'one hand is not enough').toBe(shop.creditCode);
    expect(agrees(trade, shop, item, wrong)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });

  it('leaves a stranger out', () => {
    const item = part(plant, 'starter 1');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    const wrong = recorded(trade, shop, { type: 'accept', item, data: { from: plant.creditCode } });
    trade.given(shop, {
      type: 'correct',
      item,
      data: { event: wrong, termVersion: 1, reason: 'wrongItem' },
    });
    expect(agrees(trade, maker, item, wrong)).toBe('HL-2243');
  });
});

describe('a step on which others have built', () => {
  /** A core that was graded, and handed on. */
  function gradedAndGone(): { item: string; wrong: string } {
    const item = part(maker, 'engine 1', 'engine');
    trade.given(maker, { type: 'designateCore', item, data: {} });
    const wrong = recorded(trade, maker, { type: 'grade', item, data: { grade: 'A' } });
    trade.given(maker, { type: 'handover', item, data: { to: plant.creditCode } });
    trade.given(plant, { type: 'accept', item, data: { from: maker.creditCode } });
    return { item, wrong };
  }

  it('stands, and is questioned by both signatures until the right one replaces it', () => {
    const { item, wrong } = gradedAndGone();
    const eventType = 'grade';
    expect(corrects(trade, maker, item, wrong, { reason: 'wrongValue', eventType })).toBe('accepted');
    expect(trade.item(item).correction?.questioned).toBeUndefined();
    expect(agrees(trade, plant, item, wrong, { eventType })).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ grade: 'A', state: 'graded', custodian: plant.creditCode });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
    const handover = trade.event({ type: 'handover', item, data: { to: maker.creditCode } });
    const [batch] = trade.world.record(plant.signer.batch([handover])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'], notices: [[0, 'HL-2252']] });
    trade.given(maker, { type: 'accept', item, data: { from: plant.creditCode } });
    trade.given(maker, { type: 'grade', item, data: { grade: 'B' }, replaces: wrong });
    expect(trade.item(item).correction?.questioned).toBeUndefined();
    expect(trade.item(item).grade).toBe('B');
  });

  it('is corrected one at a time', () => {
    const { item, wrong } = gradedAndGone();
    trade.given(maker, {
      type: 'correct',
      item,
      data: { event: wrong, eventType: 'grade', termVersion: 1, reason: 'wrongValue' },
    });
    expect(corrects(trade, plant, item, lastEventOf(plant)), 'the acceptance').toBe('HL-2246');
  });
});

describe('a wrong dismantling', () => {
  const outputs = () => {
    const door = plant.signer.item('door');
    return [
      { ...door, kind: 'part' as const, category: 'engine', massGrams: 20_000 },
      { ...plant.signer.item('seats'), kind: 'lot' as const, category: 'textile', massGrams: 30_000 },
    ];
  };

  it('voids what came out, and the vehicle still has its engine and its mass', () => {
    const item = trade.depolluted(plant, 'car 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'dismantle', item, data: { outputs: outputs() } });
    expect(trade.item(item)).toMatchObject({ takenGrams: 55_000, assemblies: { engine: 0 } });
    const ids = outputs().map((output) => output.item);
    expect(corrects(trade, plant, item, wrong)).toBe('HL-2248');
    expect(corrects(trade, plant, item, wrong, { outputs: ids.slice(0, 1) })).toBe('HL-2248');
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('accepted');
    expect(standing(item)).toEqual(before);
    for (const id of ids) expect(trade.item(id).state).toBe('voided');
  });

  it('stands once something was done with what came out', () => {
    const item = trade.depolluted(plant, 'car 1');
    const wrong = recorded(trade, plant, { type: 'dismantle', item, data: { outputs: outputs() } });
    const ids = outputs().map((output) => output.item);
    const later = recorded(trade, plant, {
      type: 'inspect',
      item: ids[0] ?? '',
      data: { result: 'fit' },
    });
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('HL-2249');
    expect(trade.item(ids[1] ?? '').state, 'nothing of it is half done').toBe('registered');
    expect(corrects(trade, plant, ids[0] ?? '', later)).toBe('accepted');
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('accepted');
  });

  /** An alternator that is taken apart by mistake: its tag ends with it. */
  function scrappedAlternator() {
    const { item, nonce } = maker.signer.item('alternator');
    const tags = [{ scheme: 'serial' as const, value: 'G-1' }];
    const data = { kind: 'part' as const, category: 'alternator', nonce, tags, massGrams: 1000 };
    trade.given(
      maker,
      { type: 'register', item, data },
      { type: 'inspect', item, data: { result: 'unfit' } },
    );
    const scrap = { ...maker.signer.item('scrap'), kind: 'lot' as const, category: 'steel', massGrams: 1000 };
    const wrong = recorded(trade, maker, {
      type: 'dismantle',
      item,
      data: { outputs: [scrap], lossGrams: 0, toleranceVersion: 1 },
    });
    return { item, data, scrap, wrong };
  }

  it('of a part brings it back with its tag', () => {
    const { item, scrap, wrong } = scrappedAlternator();
    const tag = rowKey.tag({ scheme: 'serial', value: 'G-1' });
    expect(trade.world.row(tag)).toEqual({ item, retired: true });
    expect(corrects(trade, maker, item, wrong, { outputs: [scrap.item] })).toBe('accepted');
    expect(trade.item(item).state).toBe('inspected');
    expect(trade.world.row(tag)).toEqual({ item });
  });

  it('is disputed when its tag was registered anew meanwhile', () => {
    const { item, data, scrap, wrong } = scrappedAlternator();
    const other = shop.signer.item('other');
    trade.given(shop, {
      type: 'register',
      item: other.item,
      data: { ...data, nonce: other.nonce },
    });
    expect(corrects(trade, maker, item, wrong, { outputs: [scrap.item] })).toBe('accepted');
    expect(trade.item(item).contested).toBe(true);
    expect(trade.item(other.item).contested).toBe(true);
  });
});

describe('a certificate', () => {
  it('is never taken back: it is declared wrong, and the vehicle is questioned', () => {
    const item = trade.scrapped(plant, 'car 1');
    const { keyId, sequence } = plant.signer;
    const certificate = `${keyId}.${sequence}.3`;
    const named = { reason: 'wrongValue' as const, eventType: 'issueCertificate' };
    expect(corrects(trade, plant, item, certificate, named)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ state: 'certificateIssued', certificate: 'C-car-1' });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
  });
});

describe('a part that was fitted by mistake', () => {
  it('comes out again by the correction of who still holds both', () => {
    const car = shop.signer.item('car');
    trade.given(shop, {
      type: 'register',
      item: car.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: car.nonce, tags: [] },
    });
    const { item, nonce } = shop.signer.item('new door');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [], class: 'newPart' as const };
    trade.given(shop, { type: 'register', item, data }, { type: 'inspect', item, data: { result: 'fit' } });
    const before = standing(item);
    const wrong = recorded(trade, shop, { type: 'fit', item, data: { into: car.item } });
    trade.given(shop, { type: 'handover', item: car.item, data: { to: plant.creditCode } });
    expect(corrects(trade, shop, item, wrong), 'the car is on its way').toBe('HL-2021');
    trade.given(shop, { type: 'withdraw', item: car.item, data: {} });
    expect(corrects(trade, shop, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
  });
});

describe('a step of a vehicle out of which a fitted part came since', () => {
  it('is not put back, for the vehicle counts that part as taken', () => {
    const fitter = trade.party('fitter', ['repairShop', 'dismantler']);
    const [vehicle, part] = [fitter.signer.item('car'), fitter.signer.item('engine')];
    trade.given(
      fitter,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: [] },
      },
      {
        type: 'register',
        item: part.item,
        data: {
          kind: 'part',
          category: 'engine',
          nonce: part.nonce,
          tags: [],
          massGrams: 90_000,
          class: 'newPart',
        },
      },
      { type: 'inspect', item: part.item, data: { result: 'fit' } },
      { type: 'fit', item: part.item, data: { into: vehicle.item } },
      { type: 'surrender', item: vehicle.item, data: {} },
      { type: 'receive', item: vehicle.item, data: { massGrams: 1_000_000 } },
      { type: 'issueCertificate', item: vehicle.item, data: { number: 'C-9' } },
    );
    const drained = {
      ...fitter.signer.item('oil'),
      kind: 'lot' as const,
      category: 'wasteOil',
      massGrams: 5_000,
    };
    const wrong = recorded(trade, fitter, {
      type: 'depollute',
      item: vehicle.item,
      data: { outputs: [drained] },
    });
    trade.given(fitter, { type: 'remove', item: part.item, data: { from: vehicle.item } });
    expect(trade.item(vehicle.item).takenGrams).toBe(95_000);
    expect(
      corrects(trade, fitter, vehicle.item, wrong, { eventType: 'depollute', outputs: [drained.item] }),
    ).toBe('accepted');
    expect(trade.item(vehicle.item)).toMatchObject({ takenGrams: 95_000, state: 'depolluted' });
    expect(trade.item(vehicle.item).correction?.questioned).toHaveLength(1);
  });
});

describe('a refused event', () => {
  it('is classed by Oversight, and by nobody else', () => {
    const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    const event = lastEventOf(shop);
    const classify = { type: 'classifyRefusal' as const, item, data: { event, class: 'mistake' as const } };
    const before = trade.item(item);
    expect(trade.does(plant, classify)).toBe('HL-2030');
    expect(trade.does(auditor, classify)).toBe('accepted');
    expect(trade.item(item), 'the item is not touched').toEqual(before);
    const accepted = { ...classify, data: { ...classify.data, event: lastEventOf(plant) } };
    trade.given(plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(auditor, { ...accepted, data: { ...accepted.data, event: lastEventOf(plant) } })).toBe(
      'HL-2250',
    );
  });
});
