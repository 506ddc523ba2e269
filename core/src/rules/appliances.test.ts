import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf, ItemEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';

type Received = EventOf<'receiveUnit'>['data'];
type Output = EventOf<'dismantle'>['data']['outputs'][number];

const photograph = 'a'.repeat(64);
const serial = (value: string): Tag => ({ scheme: 'serial', value });

let trade: Trade;
let plant: Party;
let collector: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 50 });
  trade.table('requiredParts', 1, {
    crtTelevision: ['crt'],
    lcdTelevision: ['panel'],
    refrigerator: ['compressor', 'cabinet'],
    washingMachine: ['motor'],
    oneBody: ['compressor', 'condenser', 'evaporator'],
    splitIndoor: ['evaporator'],
    splitOutdoor: ['compressor', 'condenser'],
    desktopHost: ['mainboard'],
    laptop: ['mainboard'],
  });
  trade.table('lineSteps', 1, {
    refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'],
    desktopHost: ['openHousing', 'removeBoards'],
    computer: ['openHousing'],
  });
  plant = trade.party('plant', ['processor']);
  collector = trade.party('collector', ['collector']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

function registered(who: Party, name: string, category: string, tags: Tag[] = []): string {
  const { item, nonce } = who.signer.item(name);
  trade.given(who, { type: 'register', item, data: { kind: 'device', category, nonce, tags } });
  return item;
}
const receiving = (item: string, data: Partial<Received> = {}): Plain<EventOf<'receiveUnit'>> => ({
  type: 'receiveUnit',
  item,
  data: { massGrams: 40_000, identity: 'label', partsVersion: 1, ...data },
});
const sorting = (item: string, route: 'reuse' | 'process'): Plain<EventOf<'triage'>> => ({
  type: 'triage',
  item,
  data: { route },
});
const issuing = (item: string, stepsVersion = 1): Plain<EventOf<'issueToLine'>> => ({
  type: 'issueToLine',
  item,
  data: { line: 'LINE-1', stepsVersion },
});
const stepping = (item: string, step: string): Plain<EventOf<'lineStep'>> => ({
  type: 'lineStep',
  item,
  data: { step },
});
const fact = (item: string): ItemRow['appliance'] => trade.item(item).appliance;

/** A refrigerator that the plant has weighed in, labelled and sorted. */
function fridge(name = 'fridge', route: 'reuse' | 'process' = 'process'): string {
  const item = registered(plant, name, 'refrigerator', [serial(name)]);
  trade.given(
    plant,
    receiving(item, { type: 'fridge', volumeLitres: 205, label: serial(`LABEL-${name}`) }),
    sorting(item, route),
  );
  return item;
}

/** A laptop that is to be used again. */
function laptop(name = 'laptop', data: Partial<Received> = {}): string {
  const item = registered(plant, name, 'computer', [serial(name)]);
  trade.given(plant, receiving(item, { type: 'laptop', massGrams: 2_100, ...data }), sorting(item, 'reuse'));
  return item;
}
const output = (name: string, massGrams: number): Output => ({
  ...plant.signer.item(name),
  kind: 'lot',
  category: 'steel',
  massGrams,
});
const dismantling = (item: string, massGrams = 40_000): Plain<ItemEvent> => ({
  type: 'dismantle',
  item,
  data: { outputs: [output(`steel of ${item}`, massGrams)], lossGrams: 0, toleranceVersion: 1 },
});

describe('an appliance on its way to fractions', () => {
  it('is collected, weighed in, sorted, stored, issued, taken apart and closed, in this order', () => {
    const item = registered(collector, 'fridge', 'refrigerator', [serial('F-1')]);
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
      dismantling(item),
      stepping(item, 'shredCabinet'),
      { type: 'closeUnit', item, data: {} },
    ];
    const issued = steps.findIndex(({ type }) => type === 'issueToLine');
    const dismantled = steps.findIndex(({ type }) => type === 'dismantle');
    for (const [at, step] of steps.entries()) {
      if (at <= issued) expect(trade.does(plant, dismantling(item))).toBe('HL-2010');
      if (at <= issued) expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('HL-2010');
      if (at <= dismantled) expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2010');
      expect(trade.does(plant, step), step.type).toBe('accepted');
    }
    expect(trade.item(item)).toMatchObject({ state: 'closed', massGrams: 40_000 });
    expect(fact(item)).toEqual({
      type: 'fridge',
      identity: 'serial',
      labelled: true,
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
    const item = fridge();
    trade.given(plant, issuing(item));
    expect(trade.does(plant, dismantling(item, 37_999))).toBe('HL-2050');
    expect(trade.does(plant, dismantling(item, 42_001))).toBe('HL-2050');
    expect(trade.does(plant, dismantling(item, 38_000))).toBe('accepted');
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
    const item = registered(narrow, 'fridge', 'refrigerator');
    const tv = registered(narrow, 'tv', 'television');
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
      const item = registered(who, 'fridge', 'refrigerator');
      trade.given(
        who,
        receiving(item, { type: 'fridge', label: serial(who.creditCode) }),
        sorting(item, 'process'),
      );
      expect(trade.does(who, issuing(item))).toBe('HL-2030');
    }
  });

  it('is not collected, weighed in or sorted by who does not hold it', () => {
    const item = registered(collector, 'fridge', 'refrigerator');
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
    const item = registered(plant, 'fridge', 'refrigerator', [serial('F-1')]);
    trade.given(plant, receiving(item, { type: 'fridge' }), sorting(item, 'process'));
    expect(trade.does(plant, issuing(item))).toBe('HL-2125');
    trade.given(plant, { type: 'labelUnit', item, data: { label: serial('PLANT-1') } });
    expect(trade.item(item).tags).toEqual([serial('F-1'), serial('PLANT-1')]);
    expect(trade.world.row(rowKey.tag(serial('PLANT-1')))).toEqual({ item });
    expect(trade.does(plant, issuing(item))).toBe('accepted');
  });

  it('that bears another unit’s label is contested, as is the other', () => {
    const [one, other] = [fridge('one'), registered(plant, 'other', 'refrigerator')];
    trade.given(plant, receiving(other, { type: 'fridge', label: serial('LABEL-one') }));
    expect(trade.item(one).contested).toBe(true);
    expect(trade.item(other).contested).toBe(true);
    expect(fact(one)?.labelled).toBe(true);
  });

  it('bears no more than eight tags', () => {
    const item = fridge();
    for (let n = 3; n <= 8; n++)
      trade.given(plant, { type: 'labelUnit', item, data: { label: serial(`L-${n}`) } });
    expect(trade.does(plant, { type: 'labelUnit', item, data: { label: serial('L-8') } })).toBe('accepted');
    expect(trade.does(plant, { type: 'labelUnit', item, data: { label: serial('L-9') } })).toBe('HL-2132');
  });
});

describe('the steps of a line', () => {
  it('are taken in the order of the table, each once', () => {
    const item = fridge();
    trade.given(plant, issuing(item));
    expect(trade.does(plant, stepping(item, 'removeCompressor'))).toBe('HL-2129');
    expect(trade.does(plant, stepping(item, 'paint'))).toBe('HL-2129');
    expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('accepted');
    expect(trade.does(plant, stepping(item, 'drainRefrigerant'))).toBe('HL-2129');
    trade.given(plant, stepping(item, 'removeCompressor'), stepping(item, 'shredCabinet'));
    expect(trade.does(plant, stepping(item, 'shredCabinet'))).toBe('HL-2129');
  });

  it('are complete before a unit is closed', () => {
    const item = fridge();
    trade.given(plant, issuing(item), stepping(item, 'drainRefrigerant'), dismantling(item));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2130');
    trade.given(plant, stepping(item, 'removeCompressor'), stepping(item, 'shredCabinet'));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('accepted');
  });

  it('are those of the table that the unit was issued under', () => {
    const item = fridge();
    trade.given(plant, issuing(item));
    trade.table('lineSteps', 2, { refrigerator: ['drainRefrigerant'] });
    trade.given(plant, stepping(item, 'drainRefrigerant'), dismantling(item));
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2130');
    const later = fridge('later');
    trade.given(plant, issuing(later, 2), stepping(later, 'drainRefrigerant'), dismantling(later));
    expect(trade.does(plant, { type: 'closeUnit', item: later, data: {} })).toBe('accepted');
  });

  it('are named by a table that is in force and lists the category', () => {
    const item = fridge();
    expect(trade.does(plant, issuing(item, 3))).toBe('HL-2070');
    const phone = registered(plant, 'phone', 'mobilePhone');
    trade.given(plant, receiving(phone, { massGrams: 180, label: serial('P-1') }), sorting(phone, 'process'));
    expect(trade.does(plant, issuing(phone))).toBe('HL-2131');
  });

  it('are those of the type where the table names it, else those of the category', () => {
    for (const [type, steps] of [
      ['desktopHost', ['openHousing', 'removeBoards']],
      ['desktopMonitor', ['openHousing']],
    ] as const) {
      const item = registered(plant, type, 'computer');
      trade.given(
        plant,
        receiving(item, { type, label: serial(`L-${type}`) }),
        sorting(item, 'process'),
        issuing(item),
        dismantling(item),
        ...steps.map((step) => stepping(item, step)),
        { type: 'closeUnit', item, data: {} },
      );
      expect(trade.item(item).state).toBe('closed');
    }
  });
});

describe('an appliance that is used again', () => {
  const erasing = (item: string): Plain<ItemEvent> => ({
    type: 'eraseData',
    item,
    data: { method: 'overwritten' },
  });
  const testing = (item: string, result: 'passed' | 'failed'): Plain<ItemEvent> => ({
    type: 'testUnit',
    item,
    data: { result },
  });
  const refurbishing = (item: string): Plain<ItemEvent> => ({
    type: 'refurbish',
    item,
    data: { mark: 'USED-1' },
  });
  const selling = (item: string): Plain<ItemEvent> => ({
    type: 'sellRefurbished',
    item,
    data: { buyer: { kind: 'household', slip: 'INV-1' } },
  });

  it('is erased, tested, refurbished and sold, and bears no live tag then', () => {
    const item = laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    expect(trade.item(item).state).toBe('refurbished');
    expect(trade.does(plant, selling(item))).toBe('accepted');
    expect(trade.item(item).state).toBe('sold');
    expect(fact(item)).toMatchObject({ route: 'reuse', dataErased: true, test: 'passed' });
    expect(trade.world.row(rowKey.tag(serial('laptop')))).toEqual({ item, retired: true });
  });

  it('is never processed: not when sorted for reuse, not when refurbished, not when sold', () => {
    const item = laptop('laptop', { label: serial('L-1') });
    const refused = (): void => {
      expect(trade.does(plant, { type: 'stockUnit', item, data: { place: 'A-1' } })).toBe('HL-2120');
      expect(trade.does(plant, issuing(item))).toBe('HL-2120');
    };
    refused();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    refused();
    expect(trade.does(plant, sorting(item, 'process'))).toBe('HL-2120');
    trade.given(plant, selling(item));
    refused();
    expect(trade.does(plant, sorting(item, 'process'))).toBe('HL-2120');
    expect(trade.does(plant, dismantling(item))).toBe('HL-2120');
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2120');
  });

  it('may not have been processed: what is stored for the line, on it or taken apart is not sold', () => {
    const item = fridge();
    const refused = (): void => {
      for (const step of [testing(item, 'passed'), refurbishing(item), selling(item)])
        expect(trade.does(plant, step), `${step.type} when ${trade.item(item).state}`).toBe('HL-2120');
    };
    trade.given(plant, { type: 'stockUnit', item, data: { place: 'A-1' } });
    refused();
    trade.given(plant, issuing(item));
    refused();
    expect(trade.does(plant, sorting(item, 'reuse'))).toBe('HL-2120');
    trade.given(plant, dismantling(item));
    refused();
    for (const step of ['drainRefrigerant', 'removeCompressor', 'shredCabinet'])
      trade.given(plant, stepping(item, step));
    trade.given(plant, { type: 'closeUnit', item, data: {} });
    refused();
    expect(trade.does(plant, sorting(item, 'reuse'))).toBe('HL-2120');
  });

  it('has its data erased where it holds data', () => {
    const item = laptop();
    trade.given(plant, testing(item, 'passed'));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2121');
    trade.given(plant, erasing(item));
    expect(trade.does(plant, refurbishing(item))).toBe('accepted');
    const cold = fridge('cold', 'reuse');
    trade.given(plant, testing(cold, 'passed'));
    expect(trade.does(plant, refurbishing(cold))).toBe('accepted');
    const empty = laptop('empty', { missing: ['storage'] });
    trade.given(plant, testing(empty, 'passed'));
    expect(trade.does(plant, refurbishing(empty))).toBe('accepted');
  });

  it('is tested, and what fails is sorted to be processed', () => {
    const item = laptop('laptop', { label: serial('L-1') });
    trade.given(plant, erasing(item));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
    trade.given(plant, testing(item, 'failed'));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
    expect(trade.does(plant, selling(item))).toBe('HL-2010');
    expect(trade.does(plant, sorting(item, 'process'))).toBe('accepted');
    expect(trade.does(plant, testing(item, 'passed'))).toBe('HL-2120');
    expect(trade.does(plant, issuing(item))).toBe('accepted');
  });

  it('is tested anew when it is sorted anew', () => {
    const item = laptop();
    trade.given(
      plant,
      erasing(item),
      testing(item, 'passed'),
      sorting(item, 'process'),
      sorting(item, 'reuse'),
    );
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
  });

  it('comes back as a new item, and the ledger says that it knew the tag', () => {
    const item = laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item), selling(item));
    const again = registered(collector, 'again', 'computer', [serial('laptop')]);
    expect(trade.world.row(rowKey.tag(serial('laptop')))).toEqual({ item: again });
    expect(trade.item(again).contested).toBeUndefined();
  });

  it('may be sold by a repair shop that took it over', () => {
    const item = laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(trade.does(plant, selling(item))).toBe('HL-2020');
    expect(trade.does(shop, selling(item))).toBe('accepted');
  });
});

describe('what a unit is', () => {
  it('is told by a type of its category, where the category is divided', () => {
    const tv = registered(plant, 'tv', 'television');
    expect(trade.does(plant, receiving(tv))).toBe('HL-2126');
    expect(trade.does(plant, receiving(tv, { type: 'drum' }))).toBe('HL-2126');
    expect(trade.does(plant, receiving(tv, { type: 'crtTelevision' }))).toBe('accepted');
    const hood = registered(plant, 'hood', 'rangeHood');
    expect(trade.does(plant, receiving(hood, { type: 'fridge' }))).toBe('HL-2126');
    expect(trade.does(plant, receiving(hood))).toBe('accepted');
    const oven = registered(plant, 'oven', 'microwaveOven');
    expect(trade.does(plant, receiving(oven))).toBe('accepted');
  });

  it('keeps the measure that decides later whether it counts, and no other', () => {
    for (const [category, type, measured] of [
      ['television', 'crtTelevision', { screenTenthInches: 210 }],
      ['washingMachine', 'drum', { capacityGrams: 3_000 }],
      ['refrigerator', 'freezer', { volumeLitres: 500 }],
      ['airConditioner', 'splitOutdoor', { coolingWatts: 14_000 }],
      ['electricWaterHeater', undefined, { volumeLitres: 60 }],
    ] as const) {
      const item = registered(plant, category, category);
      const wrong = 'coolingWatts' in measured ? { volumeLitres: 1 } : { coolingWatts: 1 };
      const told = type === undefined ? {} : { type };
      expect(trade.does(plant, receiving(item, { ...told, ...wrong })), category).toBe('HL-2126');
      expect(trade.does(plant, receiving(item, { ...told, ...measured })), category).toBe('accepted');
      expect(fact(item)).toMatchObject(measured);
    }
  });

  it('is known by its serial only with the nameplate’s photograph and the maker’s serial', () => {
    const plain = registered(plant, 'plain', 'rangeHood');
    const label = serial('PLANT-1');
    expect(trade.does(plant, receiving(plain, { identity: 'serial', nameplate: photograph, label }))).toBe(
      'HL-2123',
    );
    expect(trade.item(plain).tags).toBeUndefined();
    const named = registered(plant, 'named', 'rangeHood', [serial('N-1')]);
    expect(trade.does(plant, receiving(named, { identity: 'serial' }))).toBe('HL-2123');
    expect(trade.does(plant, receiving(named, { identity: 'serial', nameplate: photograph }))).toBe(
      'accepted',
    );
    expect(trade.does(plant, receiving(plain, { label }))).toBe('accepted');
    expect(fact(plain)).toMatchObject({ identity: 'label', labelled: true });
  });
});

describe('an incomplete unit', () => {
  const received = (name: string, data: Partial<Received>): [verdict: string, item: string] => {
    const item = registered(plant, name, 'refrigerator');
    return [trade.does(plant, receiving(item, { type: 'fridge', ...data })), item];
  };

  it('lacks a part of the table, which a photograph proves, and keeps what is missing', () => {
    expect(received('one', { missing: ['compressor'] })[0]).toBe('HL-2124');
    const [verdict, item] = received('two', { missing: ['drawer', 'compressor'], evidence: [photograph] });
    expect(verdict).toBe('accepted');
    expect(fact(item)).toMatchObject({ incomplete: true, missing: ['compressor', 'drawer'] });
  });

  it('is none for want of a drawer, and needs no photograph then', () => {
    const [verdict, item] = received('one', { missing: ['drawer'] });
    expect(verdict).toBe('accepted');
    expect(fact(item)).toMatchObject({ missing: ['drawer'] });
    expect(fact(item)?.incomplete).toBeUndefined();
  });

  it('is judged by the parts of its type: an indoor unit has no compressor', () => {
    const indoor = registered(plant, 'indoor', 'airConditioner');
    expect(trade.does(plant, receiving(indoor, { type: 'splitIndoor', missing: ['compressor'] }))).toBe(
      'accepted',
    );
    expect(fact(indoor)?.incomplete).toBeUndefined();
    const outdoor = registered(plant, 'outdoor', 'airConditioner');
    expect(trade.does(plant, receiving(outdoor, { type: 'splitOutdoor', missing: ['compressor'] }))).toBe(
      'HL-2124',
    );
  });

  it('does not become whole by being weighed in again', () => {
    const [, item] = received('one', { missing: ['compressor'], evidence: [photograph] });
    expect(trade.does(plant, receiving(item, { type: 'fridge', massGrams: 45_000 }))).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ massGrams: 45_000, state: 'received' });
    expect(fact(item)).toMatchObject({ incomplete: true, missing: ['compressor'] });
  });

  it('may be processed all the same', () => {
    const [, item] = received('one', {
      missing: ['compressor'],
      evidence: [photograph],
      label: serial('P-1'),
    });
    trade.given(plant, sorting(item, 'process'));
    expect(trade.does(plant, issuing(item))).toBe('accepted');
    expect(fact(item)).toMatchObject({ incomplete: true, missing: ['compressor'] });
  });

  it('is received under a table that is in force', () => {
    expect(received('one', { partsVersion: 2 })[0]).toBe('HL-2070');
    trade.table('requiredParts', 2, { refrigerator: ['cabinet'] }, trade.world.time + 1);
    expect(received('two', { partsVersion: 2 })[0]).toBe('HL-2070');
  });
});

describe('a set', () => {
  const unit = (type: 'desktopHost' | 'desktopMonitor' | 'laptop' | 'splitIndoor', who = plant): string => {
    const name = `${type} ${++units}`;
    const item = registered(who, name, type === 'splitIndoor' ? 'airConditioner' : 'computer');
    trade.given(who, receiving(item, { type }));
    return item;
  };
  let units = 0;
  const binds = (item: string, partner: string, who = plant): string =>
    trade.does(who, { type: 'bindSet', item, data: { partner } });

  it('is a host and a monitor, and both know it', () => {
    const [host, monitor] = [unit('desktopHost'), unit('desktopMonitor')];
    const before = trade.item(monitor);
    expect(binds(host, monitor)).toBe('accepted');
    expect(fact(host)?.partner).toBe(monitor);
    expect(fact(monitor)?.partner).toBe(host);
    expect(trade.item(monitor)).toMatchObject({ count: before.count, head: before.head });
  });

  it('is bound at intake or at the line, from either side', () => {
    const [host, monitor] = [unit('desktopHost'), unit('desktopMonitor')];
    trade.given(
      plant,
      { type: 'labelUnit', item: host, data: { label: serial('H-1') } },
      sorting(host, 'process'),
      issuing(host),
    );
    expect(binds(monitor, host)).toBe('accepted');
  });

  it('is not bound with what lies in a container', () => {
    const [host, monitor] = [unit('desktopHost'), unit('desktopMonitor')];
    const { item: box, nonce } = plant.signer.item('box');
    trade.given(
      plant,
      { type: 'register', item: box, data: { kind: 'container', category: 'box', nonce, tags: [] } },
      { type: 'pack', item: box, data: { items: [monitor] } },
    );
    expect(binds(host, monitor)).toBe('HL-2176');
    expect(binds(monitor, host)).toBe('HL-2176');
    trade.given(plant, { type: 'unpack', item: box, data: { items: [monitor] } });
    expect(binds(host, monitor)).toBe('accepted');
  });

  it('has two members, no more', () => {
    const [host, monitor, other, third] = [
      unit('desktopHost'),
      unit('desktopMonitor'),
      unit('desktopMonitor'),
      unit('desktopHost'),
    ];
    expect(binds(host, monitor)).toBe('accepted');
    expect(binds(host, other)).toBe('HL-2128');
    expect(binds(other, host)).toBe('HL-2128');
    expect(binds(third, monitor)).toBe('HL-2128');
    expect(binds(third, other)).toBe('accepted');
  });

  it('is of matching types', () => {
    const [host, monitor, notebook, indoor] = [
      unit('desktopHost'),
      unit('desktopMonitor'),
      unit('laptop'),
      unit('splitIndoor'),
    ];
    for (const [one, other] of [
      [host, host],
      [host, unit('desktopHost')],
      [host, notebook],
      [monitor, indoor],
    ] as const)
      expect(binds(one, other)).toBe('HL-2127');
    const outdoor = registered(plant, 'outdoor', 'airConditioner');
    trade.given(plant, receiving(outdoor, { type: 'splitOutdoor' }));
    expect(binds(indoor, outdoor)).toBe('accepted');
  });

  it('is bound by who holds both', () => {
    const [host, theirs] = [unit('desktopHost'), unit('desktopMonitor', collector)];
    expect(binds(host, theirs)).toBe('HL-2020');
    expect(binds(host, plant.signer.item('nobody').item)).toBe('HL-2001');
    const leaving = unit('desktopMonitor');
    trade.given(plant, { type: 'handover', item: leaving, data: { to: collector.creditCode } });
    expect(binds(host, leaving)).toBe('HL-2021');
    const unweighed = registered(plant, 'unweighed', 'computer');
    expect(binds(host, unweighed)).toBe('HL-2010');
  });
});

describe('an appliance that was taken apart', () => {
  it('takes no part in any more', () => {
    const item = fridge();
    trade.given(plant, issuing(item), dismantling(item));
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
