import { describe, expect, it } from 'vitest';
import type { ItemEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { issuing, photograph, receiving, serial, sorting, stepping } from '../testing/appliance-works.js';
import type { Party, Plain } from '../testing/trade.js';
import { collector, plant, shop, trade, works } from './appliances.testing.js';

describe('an appliance on its way to fractions', () => {
  it('is collected, weighed in, sorted, stored, issued, taken apart and closed, in this order', () => {
    const item = works.registered(collector, 'fridge', 'refrigerator', [serial('F-1')]);
    const source = { kind: 'household' as const, slip: 'SLIP-7' };
    expect(trade.does(collector, { type: 'collectUnit', item, data: { source } })).toBe('accepted');
    expect(trade.item(item).state).toBe('collected');
    trade.given(collector, { type: 'handover', item, data: { to: plant.creditCode } });
    trade.given(plant, { type: 'accept', item, data: { from: collector.creditCode } });
    const steps: Plain<ItemEvent>[] = [
      receiving(item, {
        identity: 'serial',
        nameplate: photograph,
        type: 'fridge',
        volumeLitres: 205,
        label: serial('PLANT-1'),
      }),
      sorting(item, 'process'),
      { type: 'stockUnit', item, data: { place: 'A-01' } },
      issuing(item),
      stepping(item, 'drainRefrigerant'),
      stepping(item, 'removeCompressor'),
      works.dismantling(item),
      stepping(item, 'shredCabinet'),
      { type: 'closeUnit', item, data: {} },
    ];
    const issued = steps.findIndex(({ type }) => type === 'issueToLine');
    const dismantled = steps.findIndex(({ type }) => type === 'dismantle');
    for (const [at, step] of steps.entries()) {
      if (at <= issued) expect(trade.does(plant, works.dismantling(item))).toBe('HL-2010');
      if (at <= issued) expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('HL-2010');
      if (at <= dismantled) expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2010');
      expect(trade.does(plant, step), step.type).toBe('accepted');
    }
    expect(trade.item(item)).toMatchObject({ state: 'closed', massGrams: 40_000 });
    expect(works.fact(item)).toEqual({
      type: 'fridge',
      identity: 'serial',
      receivedBy: plant.creditCode,
      labelled: true,
      labelledBy: plant.creditCode,
      volumeLitres: 205,
      route: 'process',
      line: 'LINE-1',
      stepsVersion: 1,
      stepsDone: 3,
    });
    for (const value of ['F-1', 'PLANT-1'])
      expect(trade.world.row(rowKey.tag(serial(value)))).toEqual({ item, retired: true });
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2011');
  });

  it('gives fractions that weigh what it weighed, within the table’s tolerance', () => {
    const item = works.fridge();
    trade.given(plant, issuing(item));
    expect(trade.does(plant, works.dismantling(item, 37_999))).toBe('HL-2050');
    expect(trade.does(plant, works.dismantling(item, 42_001))).toBe('HL-2050');
    expect(trade.does(plant, works.dismantling(item, 38_000))).toBe('accepted');
  });

  it('is processed only by who is licensed for its category', () => {
    const narrow = trade.party('narrow', ['processor'], { licence: false });
    const { creditCode } = narrow;
    const licence = {
      number: 'L-1',
      kind: 'processor' as const,
      categories: ['television'],
      annualCapacity: 1_000,
      validFrom: 0,
      validTo: 2_000_000_000,
      authority: '省生态环境厅',
    };
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'L-1' } });
    const item = works.registered(narrow, 'fridge', 'refrigerator');
    const tv = works.registered(narrow, 'tv', 'television');
    trade.given(
      narrow,
      receiving(item, { type: 'fridge', label: serial('N-1') }),
      sorting(item, 'process'),
      receiving(tv, { type: 'lcdTelevision', screenTenthInches: 320, label: serial('N-2') }),
      sorting(tv, 'process'),
    );
    expect(trade.does(narrow, issuing(item))).toBe('HL-2031');
    expect(trade.does(narrow, { type: 'stockUnit', item, data: { place: 'A-1' } })).toBe('HL-2031');
    expect(trade.does(narrow, { type: 'stockUnit', item: tv, data: { place: 'A-1' } })).toBe('accepted');
  });

  it('is not processed by a collector or a repair shop', () => {
    for (const who of [collector, shop]) {
      const item = works.registered(who, 'fridge', 'refrigerator');
      trade.given(
        who,
        receiving(item, { type: 'fridge', label: serial(who.creditCode) }),
        sorting(item, 'process'),
      );
      expect(trade.does(who, issuing(item))).toBe('HL-2030');
    }
  });

  it('is not collected, weighed in or sorted by who does not hold it', () => {
    const item = works.registered(collector, 'fridge', 'refrigerator');
    expect(trade.does(plant, receiving(item, { type: 'fridge' }))).toBe('HL-2020');
    expect(
      trade.does(plant, {
        type: 'collectUnit',
        item,
        data: { source: { kind: 'household', slip: 'S' } },
      }),
    ).toBe('HL-2020');
  });

  it('is not issued to the line without the plant’s label, which may be put on later', () => {
    const item = works.registered(plant, 'fridge', 'refrigerator', [serial('F-1')]);
    trade.given(plant, receiving(item, { type: 'fridge' }), sorting(item, 'process'));
    expect(trade.does(plant, issuing(item))).toBe('HL-2125');
    trade.given(plant, { type: 'labelUnit', item, data: { label: serial('PLANT-1') } });
    expect(trade.item(item).tags).toEqual([serial('F-1'), serial('PLANT-1')]);
    expect(trade.world.row(rowKey.tag(serial('PLANT-1')))).toEqual({ item });
    expect(trade.does(plant, issuing(item))).toBe('accepted');
  });

  it('is not issued to the line under the label of the collector, nor of a plant before', () => {
    const item = works.registered(collector, 'fridge', 'refrigerator', [serial('F-2')]);
    trade.given(collector, receiving(item, { type: 'fridge', label: serial('COLLECTOR-1') }));
    const goesTo = (from: Party, to: Party): void => {
      trade.given(from, { type: 'handover', item, data: { to: to.creditCode } });
      trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
    };
    goesTo(collector, plant);
    trade.given(plant, sorting(item, 'process'));
    expect(trade.does(plant, issuing(item)), 'not weighed in').toBe('HL-2317');
    trade.given(plant, receiving(item, { type: 'fridge' }), sorting(item, 'process'));
    expect(trade.does(plant, issuing(item)), 'weighed in').toBe('HL-2317');
    trade.given(plant, { type: 'labelUnit', item, data: { label: serial('PLANT-2') } });
    const other = trade.party('other plant', ['processor']);
    goesTo(plant, other);
    expect(trade.does(other, issuing(item)), 'with the label of another plant').toBe('HL-2317');
    trade.given(other, { type: 'labelUnit', item, data: { label: serial('OTHER-2') } });
    expect(trade.does(other, issuing(item))).toBe('accepted');
  });

  it('that bears another unit’s label is contested, as is the other', () => {
    const [one, other] = [works.fridge('one'), works.registered(plant, 'other', 'refrigerator')];
    trade.given(plant, receiving(other, { type: 'fridge', label: serial('LABEL-one') }));
    expect(trade.item(one).contested).toBe(true);
    expect(trade.item(other).contested).toBe(true);
    expect(works.fact(one)?.labelled).toBe(true);
  });

  it('bears no more than eight tags', () => {
    const item = works.fridge();
    for (let n = 3; n <= 8; n++)
      trade.given(plant, { type: 'labelUnit', item, data: { label: serial(`L-${n}`) } });
    expect(trade.does(plant, { type: 'labelUnit', item, data: { label: serial('L-8') } })).toBe('accepted');
    expect(trade.does(plant, { type: 'labelUnit', item, data: { label: serial('L-9') } })).toBe('HL-2132');
  });
});

describe('the steps of a line', () => {
  it('are taken in the order of the table, each once', () => {
    const item = works.fridge();
    trade.given(plant, issuing(item));
    expect(trade.does(plant, stepping(item, 'removeCompressor'))).toBe('HL-2129');
    expect(trade.does(plant, stepping(item, 'paint'))).toBe('HL-2129');
    expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('accepted');
    expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('HL-2129');
    trade.given(plant, stepping(item, 'removeCompressor'), stepping(item, 'shredCabinet'));
    expect(trade.does(plant, stepping(item, 'shredCabinet'))).toBe('HL-2129');
  });

  it('are complete before a unit is closed', () => {
    const item = works.fridge();
    trade.given(plant, issuing(item), stepping(item, 'drainRefrigerant'), works.dismantling(item));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2130');
    trade.given(plant, stepping(item, 'removeCompressor'), stepping(item, 'shredCabinet'));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('accepted');
  });

  it('are those of the table that the unit was issued under', () => {
    const item = works.fridge();
    trade.given(plant, issuing(item));
    trade.table('lineSteps', 2, { refrigerator: ['drainRefrigerant'] });
    trade.given(plant, stepping(item, 'drainRefrigerant'), works.dismantling(item));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2130');
    const later = works.fridge('later');
    trade.given(plant, issuing(later, 2), stepping(later, 'drainRefrigerant'), works.dismantling(later));
    expect(trade.does(plant, { type: 'closeUnit', item: later, data: {} })).toBe('accepted');
  });

  it('are named by a table that is in force and lists the category', () => {
    const item = works.fridge();
    expect(trade.does(plant, issuing(item, 3))).toBe('HL-2070');
    const phone = works.registered(plant, 'phone', 'mobilePhone');
    trade.given(plant, receiving(phone, { massGrams: 180, label: serial('P-1') }), sorting(phone, 'process'));
    expect(trade.does(plant, issuing(phone))).toBe('HL-2131');
  });

  it('are those of the type where the table names it, else those of the category', () => {
    for (const [type, steps] of [
      ['desktopHost', ['openHousing', 'removeBoards']],
      ['desktopMonitor', ['openHousing']],
    ] as const) {
      const item = works.registered(plant, type, 'computer');
      trade.given(
        plant,
        receiving(item, { type, label: serial(`L-${type}`) }),
        sorting(item, 'process'),
        issuing(item),
        works.dismantling(item),
        ...steps.map((step) => stepping(item, step)),
        { type: 'closeUnit', item, data: {} },
      );
      expect(trade.item(item).state).toBe('closed');
    }
  });
});

describe('an appliance that was taken apart', () => {
  it('takes no part in any more', () => {
    const item = works.fridge();
    trade.given(plant, issuing(item), works.dismantling(item));
    const maker = trade.party('maker', ['remanufacturer', 'processor'], { mspId: 'AftermarketMSP' });
    const part = maker.signer.item('a new motor');
    trade.given(
      maker,
      {
        type: 'register',
        item: part.item,
        data: { kind: 'part', category: 'motor', class: 'newPart', nonce: part.nonce, tags: [] },
      },
      { type: 'inspect', item: part.item, data: { result: 'fit' } },
    );
    expect(trade.does(maker, { type: 'fit', item: part.item, data: { into: item } })).toBe('HL-2062');
  });
});
