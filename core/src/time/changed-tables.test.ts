import { describe, expect, it } from 'vitest';
import {
  batteryHeld,
  collector,
  does,
  gives,
  holidays,
  plant,
  registers,
  smelter,
  takes,
  told,
  trade,
  wait,
} from './timed.testing.js';
import { HAZARDOUS_TABLE } from './thing.js';

/** A battery that came to an outlet on 1 July 2025, a Tuesday: thirty working days, until Tuesday 12 August. */
function collected(): string {
  const battery = registers(collector, 'battery', 'tractionBattery');
  expect(told(battery)).toEqual(['traceOutletIntake running 20250812']);
  return battery;
}
const reports = (battery: string): void => {
  does(collector, { type: 'reportTrace', item: battery, data: { number: 'T-1' } });
};

describe('holidays that change while a term runs', () => {
  it('end it earlier for a Saturday that is worked, and later for a day that is free', () => {
    const battery = collected();
    holidays(2025, 2, { on: [20250712] });
    expect(told(battery)).toEqual(['traceOutletIntake running 20250811']);
    holidays(2025, 3, { off: [20250703, 20250704] });
    expect(told(battery)).toEqual(['traceOutletIntake running 20250814']);
  });

  it('end it on the same day where a Saturday is worked in exchange for a day that is free', () => {
    const battery = collected();
    holidays(2025, 2, { off: [20250704], on: [20250712] });
    expect(told(battery)).toEqual(['traceOutletIntake running 20250812']);
  });

  it('end it on the day after for a free day after its last, and not at all for one behind it', () => {
    const battery = collected();
    holidays(2025, 2, { off: [20250812], on: [20250816] });
    expect(told(battery)).toEqual(['traceOutletIntake running 20250813']);
    holidays(2025, 3, { off: [20250813] });
    expect(told(battery)).toEqual(['traceOutletIntake running 20250812']);
  });

  it('change nothing of what was met or late by the holidays of its day', () => {
    const [met, late] = [collected(), registers(plant, 'part', 'door')];
    reports(met);
    gives(plant, late, smelter);
    wait(8);
    takes(smelter, late, plant);
    holidays(2025, 2, { on: [20250712] });
    expect(told(met)).toEqual(['traceOutletIntake met 20250812']);
    expect(told(late, 'handover')).toEqual(['handover late 20250708']);
  });

  it('make late what was done before they were on record, where it was', () => {
    wait(180);
    const [intime, late] = ['28 December', 'another'].map((name) => {
      const { item, nonce } = collector.signer.item(name);
      const data = { kind: 'battery' as const, category: 'tractionBattery', nonce, tags: [] };
      does(collector, { type: 'register', item, data });
      return item;
    }) as [string, string];
    expect(told(intime)).toEqual(['traceOutletIntake unknown']);
    wait(30);
    reports(intime);
    wait(30);
    reports(late);
    expect(told(late)).toEqual(['traceOutletIntake unknown']);
    holidays(2026, 1);
    // Until 9 February: 1 and 2 January are free, the 4th is a Sunday that is worked.
    expect(told(intime)).toEqual(['traceOutletIntake met 20260209']);
    expect(told(late)).toEqual(['traceOutletIntake late 20260209']);
  });
});

describe('a table of hazardous waste that lets a category go', () => {
  it('ends the storage that it had begun with the next step, and begins none', () => {
    const battery = batteryHeld(plant);
    trade.table(HAZARDOUS_TABLE, 3, { wasteOil: '900-214-08' }, trade.world.time);
    wait(1);
    gives(plant, battery, smelter);
    takes(smelter, battery, plant);
    expect(told(battery, 'hazardous')).toEqual(['hazardousStorage met 20260701']);
  });
});
