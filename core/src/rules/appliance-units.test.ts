import { describe, expect, it } from 'vitest';
import {
  issuing,
  photograph,
  receiving,
  serial,
  sorting,
  type Received,
} from '../testing/appliance-works.js';
import { collector, plant, trade, works } from './appliances.testing.js';

describe('what a unit is', () => {
  it('is told by a type of its category, where the category is divided', () => {
    const tv = works.registered(plant, 'tv', 'television');
    expect(trade.does(plant, receiving(tv))).toBe('HL-2126');
    expect(trade.does(plant, receiving(tv, { type: 'drum' }))).toBe('HL-2126');
    expect(trade.does(plant, receiving(tv, { type: 'crtTelevision' }))).toBe('accepted');
    const hood = works.registered(plant, 'hood', 'rangeHood');
    expect(trade.does(plant, receiving(hood, { type: 'fridge' }))).toBe('HL-2126');
    expect(trade.does(plant, receiving(hood))).toBe('accepted');
    const oven = works.registered(plant, 'oven', 'microwaveOven');
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
      const item = works.registered(plant, category, category);
      const wrong = 'coolingWatts' in measured ? { volumeLitres: 1 } : { coolingWatts: 1 };
      const told = type === undefined ? {} : { type };
      expect(trade.does(plant, receiving(item, { ...told, ...wrong })), category).toBe('HL-2126');
      expect(trade.does(plant, receiving(item, { ...told, ...measured })), category).toBe('accepted');
      expect(works.fact(item)).toMatchObject(measured);
    }
  });

  it('is known by its serial only with the nameplate’s photograph and the maker’s serial', () => {
    const plain = works.registered(plant, 'plain', 'rangeHood');
    const label = serial('PLANT-1');
    expect(trade.does(plant, receiving(plain, { identity: 'serial', nameplate: photograph, label }))).toBe(
      'HL-2123',
    );
    expect(trade.item(plain).tags).toBeUndefined();
    const named = works.registered(plant, 'named', 'rangeHood', [serial('N-1')]);
    expect(trade.does(plant, receiving(named, { identity: 'serial' }))).toBe('HL-2123');
    expect(trade.does(plant, receiving(named, { identity: 'serial', nameplate: photograph }))).toBe(
      'accepted',
    );
    expect(trade.does(plant, receiving(plain, { label }))).toBe('accepted');
    expect(works.fact(plain)).toMatchObject({ identity: 'label', labelled: true });
  });
});

describe('an incomplete unit', () => {
  const received = (name: string, data: Partial<Received>): [verdict: string, item: string] => {
    const item = works.registered(plant, name, 'refrigerator');
    return [trade.does(plant, receiving(item, { type: 'fridge', ...data })), item];
  };

  it('lacks a part of the table, which a photograph proves, and keeps what is missing', () => {
    expect(received('one', { missing: ['compressor'] })[0]).toBe('HL-2124');
    const [verdict, item] = received('two', { missing: ['drawer', 'compressor'], evidence: [photograph] });
    expect(verdict).toBe('accepted');
    expect(works.fact(item)).toMatchObject({ incomplete: true, missing: ['compressor', 'drawer'] });
  });

  it('is none for want of a drawer, and needs no photograph then', () => {
    const [verdict, item] = received('one', { missing: ['drawer'] });
    expect(verdict).toBe('accepted');
    expect(works.fact(item)).toMatchObject({ missing: ['drawer'] });
    expect(works.fact(item)?.incomplete).toBeUndefined();
  });

  it('is judged by the parts of its type: an indoor unit has no compressor', () => {
    const indoor = works.registered(plant, 'indoor', 'airConditioner');
    expect(trade.does(plant, receiving(indoor, { type: 'splitIndoor', missing: ['compressor'] }))).toBe(
      'accepted',
    );
    expect(works.fact(indoor)?.incomplete).toBeUndefined();
    const outdoor = works.registered(plant, 'outdoor', 'airConditioner');
    expect(trade.does(plant, receiving(outdoor, { type: 'splitOutdoor', missing: ['compressor'] }))).toBe(
      'HL-2124',
    );
  });

  it('does not become whole by being weighed in again', () => {
    const [, item] = received('one', { missing: ['compressor'], evidence: [photograph] });
    expect(trade.does(plant, receiving(item, { type: 'fridge', massGrams: 45_000 }))).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ massGrams: 45_000, state: 'received' });
    expect(works.fact(item)).toMatchObject({ incomplete: true, missing: ['compressor'] });
  });

  it('may be processed all the same', () => {
    const [, item] = received('one', {
      missing: ['compressor'],
      evidence: [photograph],
      label: serial('P-1'),
    });
    trade.given(plant, sorting(item, 'process'));
    expect(trade.does(plant, issuing(item))).toBe('accepted');
    expect(works.fact(item)).toMatchObject({ incomplete: true, missing: ['compressor'] });
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
    const item = works.registered(who, name, type === 'splitIndoor' ? 'airConditioner' : 'computer');
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
    expect(works.fact(host)?.partner).toBe(monitor);
    expect(works.fact(monitor)?.partner).toBe(host);
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
    const outdoor = works.registered(plant, 'outdoor', 'airConditioner');
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
    const unweighed = works.registered(plant, 'unweighed', 'computer');
    expect(binds(host, unweighed)).toBe('HL-2010');
  });
});

describe('a lot of gearboxes out of washing machines', () => {
  it('is divided, put together and sampled as what it is, and not made into a lot of another assembly', () => {
    const unit = works.fridge();
    trade.given(plant, issuing(unit));
    const named = (name: string, massGrams: number, category = 'gearbox') => ({
      ...works.output(name, massGrams),
      category,
    });
    const data = {
      outputs: [named('all', 10_000), works.output('rest', 30_000)],
      lossGrams: 0,
      toleranceVersion: 1,
    };
    trade.given(plant, { type: 'dismantle', item: unit, data });
    const balanced = { lossGrams: 0, toleranceVersion: 1 };
    const all = plant.signer.item('all').item;
    const halves = [named('one', 4_000), named('two', 6_000)];
    expect(trade.does(plant, { type: 'split', item: all, data: { outputs: halves, ...balanced } })).toBe(
      'accepted',
    );
    const [one, two] = [plant.signer.item('one').item, plant.signer.item('two').item];
    const sample = { output: named('sample', 1), number: 'P-1' };
    expect(trade.does(plant, { type: 'sample', item: two, data: sample })).toBe('accepted');
    const merge = { others: [two], output: named('again', 9_999), ...balanced };
    expect(trade.does(plant, { type: 'merge', item: one, data: merge })).toBe('accepted');
    const again = plant.signer.item('again').item;
    const made = { process: 'sorting', outputs: [named('motors', 9_999, 'driveMotor')], ...balanced };
    expect(trade.does(plant, { type: 'transform', item: again, data: made })).toBe('HL-2280');
  });
});
