import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import type { Party, Plain } from '../testing/trade.js';
import {
  batteryHeld,
  collector,
  does,
  gives,
  PACK,
  packOut,
  partFound,
  plant,
  records,
  registers,
  shop,
  smelter,
  takenIn,
  takes,
  told,
  trade,
  wait,
} from './timed.testing.js';

/** Batches of several parties that a gateway sends on as one transaction. */
function together(...batches: readonly (readonly [Party, ...Plain<LedgerEvent>[]])[]): void {
  const recorded = trade.world.record(
    ...batches.map(([{ signer }, ...plains]) => signer.batch(plains.map((plain) => trade.event(plain)))),
  );
  for (const { verdicts } of recorded.batches) expect(new Set(verdicts)).toEqual(new Set(['accepted']));
}

describe('steps of one transaction', () => {
  it('stop what the taking over before them started', () => {
    const battery = batteryHeld(plant);
    gives(plant, battery, smelter);
    wait(1);
    records(
      smelter,
      { type: 'accept', item: battery, data: { from: plant.creditCode } },
      { type: 'dispose', item: battery, data: { method: 'smelted' } },
    );
    expect(told(battery, 'hazardous')).toEqual([
      'hazardousStorage met 20260701',
      'hazardousStorage met 20260702',
    ]);
  });

  it('report an intake that stands before the report', () => {
    const battery = registers(collector, 'battery', 'tractionBattery');
    gives(collector, battery, smelter);
    records(
      smelter,
      { type: 'accept', item: battery, data: { from: collector.creditCode } },
      { type: 'reportTrace', item: battery, data: { number: 'T-1' } },
    );
    expect(told(battery, 'traceRecyclerIntake')).toEqual(['traceRecyclerIntake met 20250812']);
  });

  it('count a battery from a certificate that stands before it', () => {
    const { car } = takenIn([PACK]);
    const pack = packOut();
    records(
      plant,
      { type: 'issueCertificate', item: car, data: { number: 'C-1' } },
      { type: 'depollute', item: car, data: { outputs: [pack] } },
    );
    expect(told(pack.item)).toEqual(['traceCertificate running 20250722']);
  });

  it('take a thing out, and pass it on: it is stored by who has it', () => {
    const car = registers(shop, 'vehicle', 'sedan');
    const item = partFound('leadAcidBattery');
    does(shop, { type: 'fit', item, data: { into: car } });
    together(
      [
        shop,
        { type: 'remove', item, data: { from: car } },
        { type: 'handover', item, data: { to: smelter.creditCode } },
      ],
      [smelter, { type: 'accept', item, data: { from: shop.creditCode } }],
    );
    expect(trade.item(item).custodian).toBe(smelter.creditCode);
    expect(told(item, 'hazardous')).toEqual([
      'hazardousStorage met 20260701',
      'hazardousStorage running 20260701',
    ]);
  });
});

describe('an acceptance that comes before its handover', () => {
  it('and is taken back ends no handover', () => {
    const door = registers(plant, 'part', 'door');
    takes(smelter, door, plant);
    does(smelter, { type: 'refuse', item: door, data: { from: plant.creditCode, reason: 'damaged' } });
    gives(plant, door, smelter);
    expect(told(door)).toEqual(['handover running 20250708']);
  });

  it('and excepts what is not in the container ends no handover', () => {
    const [box, door] = [registers(plant, 'container', 'box'), registers(plant, 'part', 'door')];
    does(plant, { type: 'pack', item: box, data: { items: [door] } });
    const exceptions = [{ reason: 'damaged' as const, items: [door] }];
    does(smelter, { type: 'accept', item: box, data: { from: plant.creditCode, exceptions } });
    does(plant, { type: 'unpack', item: box, data: { items: [door] } });
    gives(plant, box, smelter);
    expect(trade.item(box).custodian).toBe(plant.creditCode);
    expect(told(box)).toEqual(['handover running 20250708']);
  });
});
