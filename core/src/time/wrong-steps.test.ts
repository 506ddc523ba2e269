import { describe, expect, it } from 'vitest';
import {
  batteryHeld,
  certifies,
  collector,
  does,
  gives,
  PACK,
  packOut,
  plant,
  police,
  receiving,
  records,
  registers,
  running,
  smelter,
  takenIn,
  takes,
  takesBack,
  told,
  trade,
  wait,
} from './timed.testing.js';
import { numbered } from '../testing/numbered.js';

describe('a start that was declared wrong', () => {
  it('started no clock, and the one that stands in its place starts it as of the first', () => {
    const { car, receipt } = takenIn();
    expect(told(car)).toEqual(['certificate running 20250708']);
    wait(2);
    takesBack(car, receipt, plant);
    expect(told(car)).toEqual([]);
    wait(1);
    does(plant, { type: 'receive', item: car, data: receiving(), replaces: receipt });
    expect(told(car)).toEqual(['certificate running 20250708']);
  });

  it('and names no other starts its clock anew', () => {
    const { car, receipt } = takenIn();
    wait(2);
    takesBack(car, receipt, plant);
    does(plant, { type: 'receive', item: car, data: receiving() });
    expect(told(car)).toEqual(['certificate running 20250710']);
  });

  it('is replaced twice, and the term still runs from the first', () => {
    const { car, receipt } = takenIn();
    wait(2);
    takesBack(car, receipt, plant);
    const second = does(plant, { type: 'receive', item: car, data: receiving(), replaces: receipt });
    wait(2);
    takesBack(car, second, plant);
    does(plant, { type: 'receive', item: car, data: receiving(), replaces: second });
    expect(told(car)).toEqual(['certificate running 20250708']);
  });

  it('as a certificate stands for the cancellation that followed: another one in its place asks for none', () => {
    const { car } = takenIn();
    let wrong = certifies(car);
    does(police, { type: 'cancelRegistration', item: car, data: {} });
    const clocks = told(car, 'cancellation');
    expect(clocks).toHaveLength(1);
    for (const number of ['C-2', 'C-3']) {
      const named = { event: wrong, eventType: 'issueCertificate', termVersion: 1 };
      does(plant, { type: 'correct', item: car, data: { ...named, reason: 'wrongValue' } });
      wrong = does(plant, { type: 'issueCertificate', item: car, data: { number }, replaces: wrong });
      expect(told(car, 'cancellation')).toEqual(clocks);
      expect(running(car)).toEqual([]);
    }
  });

  it('is taken back and replaced in one batch', () => {
    const { car, receipt } = takenIn();
    wait(2);
    records(
      plant,
      { type: 'correct', item: car, data: { event: receipt, termVersion: 1, reason: 'wrongValue' } },
      { type: 'receive', item: car, data: receiving(), replaces: receipt },
    );
    expect(told(car)).toEqual(['certificate running 20250708']);
  });

  it('was made and taken back in one batch', () => {
    const { item: car, nonce } = plant.signer.item('car');
    const sequence = plant.signer.sequence + 1;
    const event = `${plant.signer.keyId}.${sequence}.2`;
    records(
      plant,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
      },
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: receiving() },
    );
    takesBack(car, event, plant);
    expect(told(car)).toEqual([]);
  });

  it('of a battery that ought not to have come out leaves no report to be made', () => {
    const { car } = takenIn([PACK]);
    certifies(car);
    const made = packOut();
    const out = does(plant, { type: 'depollute', item: car, data: { outputs: [made] } });
    expect(told(made.item)).toEqual(['traceCertificate running 20250722']);
    const wrong = { event: out, termVersion: 1, reason: 'wrongItem' as const, outputs: [made.item] };
    does(plant, { type: 'correct', item: car, data: wrong });
    expect(trade.item(made.item).state).toBe('voided');
    expect(told(made.item)).toEqual([]);
  });

  it('of a registration leaves nothing stored', () => {
    const { item, nonce } = plant.signer.item('oil');
    const data = { kind: 'lot' as const, category: 'wasteOil', nonce, tags: [], massGrams: 1 };
    const wrong = does(plant, { type: 'register', item, data });
    expect(told(item)).toEqual(['hazardousStorage running 20260701']);
    takesBack(item, wrong, plant);
    expect(told(item)).toEqual([]);
  });
});

describe('a stop that was declared wrong', () => {
  it('stopped no clock, and what stands in its place stops it as of the first', () => {
    const door = registers(plant, 'part', 'door');
    gives(plant, door, smelter);
    wait(6);
    const wrong = takes(smelter, door, plant);
    expect(told(door)).toEqual(['handover met 20250708']);
    takesBack(door, wrong, smelter, plant);
    expect(told(door)).toEqual(['handover running 20250708']);
    wait(6);
    takes(smelter, door, plant, wrong);
    expect(told(door)).toEqual(['handover met 20250708']);
  });

  it('and names no other stops it late', () => {
    const door = registers(plant, 'part', 'door');
    gives(plant, door, smelter);
    takesBack(door, takes(smelter, door, plant), smelter, plant);
    wait(8);
    takes(smelter, door, plant);
    expect(told(door)).toEqual(['handover late 20250708']);
  });

  it('is taken back and replaced in one transaction', () => {
    const door = registers(plant, 'part', 'door');
    gives(plant, door, smelter);
    const wrong = takes(smelter, door, plant);
    const named = { event: wrong, termVersion: 1 };
    does(smelter, { type: 'correct', item: door, data: { ...named, reason: 'wrongValue' } });
    wait(3);
    const agrees = trade.event({ type: 'agreeCorrection', item: door, data: named });
    const again = trade.event({ type: 'accept', item: door, data: { from: plant.creditCode } });
    const { batches } = trade.world.record(plant.signer.batch([agrees]), smelter.signer.batch([again]));
    expect(batches.flatMap(({ verdicts }) => verdicts)).toEqual(['accepted', 'accepted']);
    expect(told(door)).toEqual(['handover met 20250708']);
  });

  it('was a withdrawal: what is on its way again is lost, and reported, as it was before', () => {
    const battery = registers(collector, 'battery', 'tractionBattery');
    gives(collector, battery, smelter);
    const running = [
      'traceOutletIntake running 20250812',
      'handover running 20250708',
      'traceOutletHandover running 20250812',
    ];
    expect([...told(battery)].sort()).toEqual([...running].sort());
    wait(1);
    const wrong = does(collector, { type: 'withdraw', item: battery, data: {} });
    expect([...told(battery)].sort()).toEqual([
      'handover met 20250708',
      'traceOutletIntake running 20250812',
    ]);
    takesBack(battery, wrong, collector);
    expect([...told(battery)].sort()).toEqual([...running].sort());
  });

  it('was an acceptance that had come before the handover: it waits for the right one', () => {
    const door = registers(plant, 'part', 'door');
    takes(smelter, door, plant);
    const wrong = gives(plant, door, smelter);
    expect(told(door)).toEqual(['handover met 20250708']);
    takesBack(door, wrong, plant, smelter);
    expect(told(door)).toEqual([]);
    wait(1);
    gives(plant, door, smelter);
    expect(trade.item(door).custodian).toBe(smelter.creditCode);
    expect(told(door)).toEqual(['handover met 20250709']);
  });
});

describe('storage that a wrong acceptance moved', () => {
  it('goes on at the giver, whatever else is in the transaction that takes it back', () => {
    const battery = batteryHeld(plant);
    gives(plant, battery, smelter);
    const wrong = takes(smelter, battery, plant);
    const named = { event: wrong, termVersion: 1 };
    does(smelter, { type: 'correct', item: battery, data: { ...named, reason: 'wrongItem' } });
    wait(1);
    records(
      plant,
      { type: 'agreeCorrection', item: battery, data: named },
      { type: 'withdraw', item: battery, data: {} },
      { type: 'inspect', item: battery, data: { result: 'unfit' } },
    );
    expect(told(battery, 'hazardous')).toEqual(['hazardousStorage running 20260701']);
  });

  it('is the receiver’s since the first acceptance, where the right one stands in its place', () => {
    const battery = batteryHeld(plant);
    wait(3);
    gives(plant, battery, smelter);
    const wrong = takes(smelter, battery, plant);
    takesBack(battery, wrong, smelter, plant);
    wait(3);
    takes(smelter, battery, plant, wrong);
    expect(told(battery, 'hazardous')).toEqual([
      'hazardousStorage met 20260701',
      'hazardousStorage running 20260704',
    ]);
  });
});
