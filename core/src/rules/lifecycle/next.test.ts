import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../../model/row-keys.js';
import type { LossRow } from '../../model/rows.js';
import type { Role } from '../../model/terms.js';
import { Trade, type Party } from '../../testing/trade.js';
import { nextSteps } from './next.js';
import { numbered } from '../../testing/numbered.js';

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

/** Steps that a party may take with an item, and those that others may. */
function told(id: string, who: Party, roles: readonly Role[]): { mine: string[]; others: string[] } {
  const item = trade.item(id);
  const steps = nextSteps(item, [], { creditCode: who.creditCode, roles });
  const of = (mine: boolean): string[] =>
    steps.filter((each) => each.mine === mine).map(({ step }) => step.event);
  return { mine: of(true), others: of(false) };
}

describe('what may happen next', () => {
  it('to a vehicle that a dismantler has certified', () => {
    const car = trade.scrapped(plant, 'car');
    const { mine, others } = told(car, plant, ['dismantler']);
    expect(mine).not.toContain('issueCertificate');
    expect(others).toContain('cancelRegistration');
    expect(mine).toEqual(expect.arrayContaining(['depollute', 'handover', 'hold']));
    expect(mine).not.toContain('dismantle');
    expect(mine).not.toContain('returnToUse');
    expect(others).toEqual(expect.arrayContaining(['witness', 'accept']));
    expect(others).not.toContain('release');
    expect(told(car, shop, ['repairShop']).mine).toEqual(expect.arrayContaining(['hold', 'accept']));
    expect(told(car, shop, ['repairShop']).mine).not.toContain('refuse');
    expect(told(car, shop, ['repairShop']).mine).not.toContain('depollute');
  });

  it('to what is handed over: the holder may only take it back', () => {
    const car = trade.scrapped(plant, 'car');
    const other = trade.party('other plant', ['dismantler']);
    trade.given(plant, { type: 'handover', item: car, data: { to: other.creditCode } });
    const { mine } = told(car, plant, ['dismantler']);
    expect(mine).toContain('withdraw');
    expect(mine).not.toContain('depollute');
    expect(told(car, other, ['dismantler']).mine).toEqual(expect.arrayContaining(['accept', 'refuse']));
    expect(told(car, shop, ['repairShop']).others).toEqual(expect.arrayContaining(['accept', 'refuse']));
  });

  it('to what is held: the police release it', () => {
    const car = trade.scrapped(plant, 'car');
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(told(car, plant, ['dismantler'])).toEqual({ mine: [], others: ['release'] });
  });

  it('to a vehicle with a loss: claims where there is one, payments where a line is covered, by who is to pay', () => {
    const [x, y] = ['insurer X', 'insurer Y'].map((name) =>
      trade.party(name, ['insurer'], { mspId: 'AftermarketMSP' }),
    ) as [Party, Party];
    const { item, nonce } = shop.signer.item('car');
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    trade.given(shop, { type: 'register', item, data });
    const ofLoss = ['assess', 'declareTotalLoss', 'claimLines', 'approveLines', 'payLines'];
    const losses = (): ReadonlyMap<string, LossRow> => {
      const row = trade.world.row(rowKey.loss(item, 'L-1'));
      return new Map(row === undefined ? [] : [['L-1', row] as const]);
    };
    const next = ({ creditCode }: Party, known = true): string[] =>
      nextSteps(trade.item(item), [], { creditCode, roles: ['insurer'] }, known ? losses() : undefined)
        .filter(({ step, mine }) => mine && ofLoss.includes(step.event))
        .map(({ step }) => step.event);
    expect(next(x)).toEqual([]);
    // The row of a vehicle does not tell whether it ever had a loss.
    expect(next(x, false)).toEqual(['claimLines', 'payLines']);
    trade.given(shop, { type: 'reportDamage', item, data: { loss: 'L-1' } });
    expect(next(x)).toEqual(['assess', 'claimLines']);
    const claim = { loss: 'L-1', claim: 'X-1' };
    trade.given(x, { type: 'claimLines', item, data: { ...claim, cover: 'ownDamage', lines: [] } });
    expect(next(x)).toEqual(['assess', 'claimLines', 'approveLines']);
    expect(next(y)).toEqual(['assess', 'claimLines']);
    const line = { line: 1, version: 1 };
    const amount = 'f'.repeat(64);
    trade.given(x, { type: 'approveLines', item, data: { ...claim, lines: [{ ...line, amount }] } });
    trade.given(x, { type: 'assess', item, data: { loss: 'L-1' } });
    expect(next(x)).toEqual(['declareTotalLoss', 'claimLines', 'approveLines', 'payLines']);
    expect(next(y)).toEqual(['claimLines']);
    trade.given(x, { type: 'payLines', item, data: { ...claim, lines: [line], amount } });
    expect(next(x)).toEqual(['declareTotalLoss', 'claimLines', 'approveLines']);
  });

  it('to a battery that was recycled: a report about it', () => {
    const { item, nonce } = shop.signer.item('battery');
    trade.given(shop, {
      type: 'register',
      item,
      data: { kind: 'battery', category: 'tractionBattery', nonce, tags: [] },
    });
    const gone = { ...trade.item(item), state: 'recycled' as const };
    const steps = nextSteps(gone, [], { creditCode: shop.creditCode, roles: ['repairShop'] });
    expect(steps.map(({ step }) => step.event)).toEqual(['reportTrace']);
  });

  it('to an appliance that is sorted: the steps of its way', () => {
    trade.table('requiredParts', 1, {});
    const processor = trade.party('processor', ['processor']);
    const { item, nonce } = processor.signer.item('hood');
    const data = { kind: 'device' as const, category: 'rangeHood', nonce, tags: [] };
    const label = { scheme: 'label' as const, value: 'f'.repeat(64) };
    const received = { massGrams: 9_000, identity: 'label' as const, partsVersion: 1 };
    trade.given(
      processor,
      { type: 'register', item, data },
      { type: 'receiveUnit', item, data: received },
      { type: 'triage', item, data: { route: 'process' } },
    );
    const mine = (): string[] => told(item, processor, ['processor']).mine;
    expect(mine()).toEqual(expect.arrayContaining(['stockUnit', 'labelUnit', 'triage']));
    expect(mine()).not.toContain('issueToLine');
    trade.given(processor, { type: 'labelUnit', item, data: { label } });
    expect(mine()).toEqual(expect.arrayContaining(['stockUnit', 'issueToLine', 'triage']));
    expect(mine()).not.toContain('refurbish');
    trade.given(processor, { type: 'triage', item, data: { route: 'reuse' } });
    expect(mine()).toEqual(expect.arrayContaining(['testUnit', 'triage']));
    expect(mine()).not.toContain('refurbish');
    trade.given(processor, { type: 'testUnit', item, data: { result: 'passed' } });
    expect(mine()).toContain('refurbish');
    expect(mine()).not.toContain('issueToLine');
  });

  it('to a container: what is in it comes out first, and what lies in it takes no step of its own', () => {
    const { item: box, nonce } = plant.signer.item('box');
    const lamp = plant.signer.item('lamp');
    trade.given(
      plant,
      { type: 'register', item: box, data: { kind: 'container', category: 'box', nonce, tags: [] } },
      {
        type: 'register',
        item: lamp.item,
        data: { kind: 'part', category: 'lamp', nonce: lamp.nonce, tags: [] },
      },
    );
    expect(told(box, plant, ['dismantler']).mine).toContain('retireContainer');
    expect(told(box, plant, ['dismantler']).mine).not.toContain('unpack');
    trade.given(plant, { type: 'pack', item: box, data: { items: [lamp.item] } });
    expect(told(box, plant, ['dismantler']).mine).toContain('unpack');
    expect(told(box, plant, ['dismantler']).mine).not.toContain('retireContainer');
    expect(told(lamp.item, plant, ['dismantler'])).toEqual({ mine: [], others: [] });
  });

  it('to what is no more: nothing', () => {
    const [item, nonce] = [plant.signer.item('lot').item, plant.signer.item('lot').nonce];
    trade.given(plant, { type: 'register', item, data: { kind: 'lot', category: 'steel', nonce, tags: [] } });
    const gone = { ...trade.item(item), state: 'disposed' as const };
    expect(nextSteps(gone, [], { creditCode: plant.creditCode, roles: ['dismantler'] })).toEqual([]);
  });
});
