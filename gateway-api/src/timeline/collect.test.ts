import type { ItemEvent, ItemRow, Role } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import type { EventRecord, ItemRecord, ReadModel } from '../ports.js';
import { collectTimeline } from './collect.js';
import { shownTo } from './show.js';

const CAR = 'hl1car';
const ENGINE = 'hl1engine';
const DOOR = 'hl1door';
const OIL = 'hl1oil';

/** A history in memory, by what the read model promises: an event stands under its item and those that it mentions. */
class History {
  readonly records: EventRecord[] = [];

  add(signer: string, type: string, item: string, data: object = {}, verdict = 'accepted'): this {
    const block = this.records.length + 1;
    const event = { type, version: 1, time: block, item, data } as unknown as ItemEvent;
    const place = { block, position: `${block}.0.0`, transaction: `t${block}`, time: block };
    this.records.push({
      id: `k.${block}.0`,
      ...place,
      keyId: 'k',
      sequence: block,
      index: 0,
      signer,
      event,
      verdict,
    });
    return this;
  }

  async timeline(start: string, ...others: string[]) {
    const item = (id: string): Promise<ItemRecord> =>
      Promise.resolve({
        id,
        row: { kind: 'part', category: 'x' } as ItemRow,
        parties: [`holder of ${id}`, ...others],
      });
    const readModel = {
      item,
      history: (id: string) =>
        Promise.resolve({
          records: this.records.filter(({ event }) => JSON.stringify(event).includes(`"${id}"`)),
        }),
    } as unknown as ReadModel;
    return collectTimeline(readModel, await item(start));
  }
}

const output = (item: string, kind: string): object => ({
  outputs: [{ item, kind, category: 'x', massGrams: 7 }],
});
const steps = ({ records }: { records: readonly EventRecord[] }): string[] =>
  records.map(({ event }) => `${event.type} ${'item' in event ? event.item : ''}`);

describe('the timeline of a car', () => {
  it('goes on with what came out of it, and leaves materials to themselves', async () => {
    const timeline = await new History()
      .add('plant', 'register', CAR)
      .add('plant', 'depollute', CAR, output(OIL, 'lot'))
      .add('plant', 'dismantle', CAR, output(ENGINE, 'part'))
      .add('smelter', 'dispose', OIL)
      .add('works', 'grade', ENGINE)
      .timeline(CAR);
    expect(steps(timeline)).toEqual([
      `register ${CAR}`,
      `depollute ${CAR}`,
      `dismantle ${CAR}`,
      `grade ${ENGINE}`,
    ]);
    expect(timeline.parties).toEqual([`holder of ${CAR}`, `holder of ${ENGINE}`]);
  });

  it('holds what was fitted from the fitting to the removal, and makes nobody a party who held it elsewhere', async () => {
    const timeline = await new History()
      .add('shop', 'register', CAR)
      .add('other', 'inspect', DOOR)
      .add('shop', 'fit', DOOR, { into: CAR })
      .add('shop', 'inspect', DOOR)
      .add('shop', 'remove', DOOR, { from: CAR })
      .add('other', 'dispose', DOOR)
      .timeline(CAR);
    expect(steps(timeline)).toEqual([`register ${CAR}`, `fit ${DOOR}`, `inspect ${DOOR}`, `remove ${DOOR}`]);
    expect(timeline.parties).toEqual([`holder of ${CAR}`]);
  });

  it('shows refused steps to Oversight and to who signed them, and steps of others as the roles allow', async () => {
    const timeline = await new History()
      .add('insurer', 'reportDamage', CAR, { loss: 'L1' })
      .add('plant', 'dismantle', CAR, output(ENGINE, 'part'), 'HL-2101')
      .add('plant', 'dismantle', CAR, output(ENGINE, 'part'))
      .timeline(CAR, 'plant', 'insurer', 'carrier');
    const seen = (creditCode: string | undefined, roles: Parameters<typeof shownTo>[0]['roles']) =>
      shownTo({ creditCode, roles }, timeline).map(({ what, sight, verdict }) => [what, sight, verdict]);
    expect(seen(undefined, [])).toHaveLength(3);
    expect(seen('plant', ['dismantler']).map(([what, sight]) => `${what} ${sight}`)).toEqual([
      'reportDamage step',
      'dismantle all',
      'dismantle all',
    ]);
    expect(seen('insurer', ['insurer'])).toEqual([
      ['reportDamage', 'all', 'accepted'],
      ['dismantle', 'step', undefined],
    ]);
    expect(seen('carrier', ['carrier'])).toEqual([]);
  });

  it('shows who only held it back the hold and its end, and nothing of its repair', async () => {
    const timeline = await new History()
      .add('insurer', 'reportDamage', CAR, { loss: 'L1' })
      .add('shop', 'hold', CAR, { reason: 'suspectedStolen' })
      .add('other', 'fit', DOOR, { into: CAR })
      .add('police', 'release', CAR, { evidence: ['x'] })
      .add('police', 'release', DOOR)
      .timeline(CAR);
    const seen = (creditCode: string, role: 'repairShop' | 'insurer') =>
      shownTo({ creditCode, roles: [role] }, timeline).map(({ what, sight }) => `${what} ${sight}`);
    expect(seen('shop', 'repairShop')).toEqual(['hold all', 'release what']);
    expect(seen('a stranger', 'insurer')).toEqual([]);
    expect(seen(`holder of ${CAR}`, 'insurer')).toEqual([
      'reportDamage all',
      'hold what',
      'fit what',
      'release what',
      'release what',
    ]);
  });

  const repair = { loss: 'L1', line: 1, version: 1 };
  const twoLosses = (): History =>
    new History()
      .add('owner', 'register', CAR, { category: 'sedan' })
      .add('X', 'reportDamage', CAR, { loss: 'L1' })
      .add('Y', 'claimLines', CAR, { loss: 'L1', claim: 'Y-1', lines: [] })
      .add('Z', 'claimLines', CAR, { loss: 'L1', claim: 'Z-1', lines: [1] }, 'HL-2211')
      .add('Y', 'approveLines', CAR, { loss: 'L1', claim: 'Y-1', lines: [] })
      .add('owner', 'handover', CAR, { to: 'shop' })
      .add('shop', 'fit', DOOR, { into: CAR, repair })
      .add('shop', 'fit', 'hl1lamp', { into: CAR })
      .add('shop', 'inspect', CAR, { result: 'fit' })
      .add('shop', 'returnToUse', CAR)
      .add('Z', 'reportDamage', CAR, { loss: 'L2' })
      .add('Z', 'assess', CAR, { loss: 'L2' })
      .add('Z', 'declareTotalLoss', CAR, { loss: 'L2', totalLoss: 'constructive' })
      .add('owner', 'sellSalvage', CAR, { to: 'auction' })
      .add('Y', 'claimLines', CAR, { loss: 'L1', claim: 'Y-R', lines: [1], against: 'W' })
      .add('owner', 'surrender', CAR)
      .add('plant', 'dismantle', CAR, output(ENGINE, 'part'));
  const ofLoss = async (creditCode: string, role: Role = 'insurer', ...parties: string[]) =>
    shownTo({ creditCode, roles: [role] }, await twoLosses().timeline(CAR, ...parties)).map(
      ({ what, sight }) => `${what} ${sight}`,
    );

  it('shows who reported a damage, or only claimed under it, that loss, and nothing else of the car', async () => {
    expect(await ofLoss('X')).toEqual([
      'reportDamage all',
      'claimLines all',
      ...['approveLines all', 'fit what', 'returnToUse what', 'claimLines all'],
    ]);
    expect(await ofLoss('Y')).toEqual(await ofLoss('X'));
    // Its claim was refused: it sees that attempt, and the loss that it reported.
    expect(await ofLoss('Z')).toEqual([
      'claimLines all',
      ...['reportDamage all', 'assess all', 'declareTotalLoss all', 'sellSalvage all'],
    ]);
    expect(await ofLoss('a stranger')).toEqual([]);
  });

  it('shows the insurer that is to pay by recourse the loss, too', async () => {
    expect(await ofLoss('W')).toEqual(await ofLoss('X'));
  });

  it('shows as much of the loss as the roles allow, and a party of the car the rest, too', async () => {
    expect(await ofLoss('X', 'repairShop')).toEqual([
      'reportDamage all',
      'claimLines step',
      ...['approveLines all', 'fit all', 'returnToUse all'],
      'claimLines step',
    ]);
    expect(await ofLoss('X', 'insurer', 'X')).toEqual(
      expect.arrayContaining(['register what', 'handover step', 'inspect what', 'dismantle step']),
    );
  });

  it('shows who only reported a battery that report, whatever its role would see of batteries', async () => {
    const pack = 'hl1pack';
    const timeline = await new History()
      .add('dismantler', 'testBattery', pack, { capacityPermille: 801 })
      .add('collector', 'reportTrace', pack, { number: 'T-1' })
      .add('dismantler', 'reportTrace', pack, { number: 'T-2' })
      .timeline(pack);
    const seen = (creditCode: string) =>
      shownTo({ creditCode, roles: ['secondLifeUser'] }, timeline).map(({ data }) => data);
    expect(seen('collector')).toEqual([{ number: 'T-1' }]);
    expect(seen(`holder of ${pack}`)).toHaveLength(3);
  });
});
