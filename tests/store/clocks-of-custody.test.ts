import { describe, expect, it } from 'vitest';
import { event, newItem, plantCode, shopCode, smelterCode } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { TimedLedger } from './timed.js';

describe.each([sqliteKind(), mongoKind()])('Time limits of custody, in $name', (kind) => {
  const at = new TimedLedger(kind);

  describe('The clock of a handover in the read model', () => {
    it('ends with the acceptance, whichever came first, and is of who handed over', async () => {
      at.terms();
      const { plant, shop } = at.played;
      const [one, two] = [newItem(plant, 'device'), newItem(plant, 'device')];
      at.records(plant, one.register, two.register, event('handover', one.id, { to: shopCode }));
      at.records(shop, event('accept', two.id, { from: plantCode }));
      expect(await at.told(one.id)).toEqual(['handover running 20260928']);
      at.records(shop, event('accept', one.id, { from: plantCode }));
      at.records(plant, event('handover', two.id, { to: shopCode }));
      expect(await at.told(one.id)).toEqual(['handover met 20260928']);
      expect(await at.told(two.id)).toEqual(['handover met 20260928']);
      const {
        records: [clock],
      } = await at.model.clocksOf(two.id, { limit: 1 });
      expect(clock).toMatchObject({ party: plantCode });
    });
  });

  describe('The clock of hazardous storage in the read model', () => {
    it('runs a year at each holder of what the table calls hazardous, and for nothing else', async () => {
      at.terms();
      const battery = at.batteryHeld();
      const { plant, smelter } = at.played;
      const iron = at.lot(plant, 'iron');
      at.records(plant, iron.register);
      const first = ['handover met 20260928', 'hazardousStorage running 20270921'];
      expect((await at.told(battery)).sort()).toEqual(first);
      expect(await at.told(iron.id)).toEqual([]);
      at.wait(30);
      at.records(smelter, event('accept', battery, { from: plantCode }));
      expect((await at.told(battery)).sort()).toEqual(first);
      at.records(plant, event('handover', battery, { to: smelterCode }));
      expect((await at.told(battery)).sort()).toEqual([
        'handover met 20260928',
        'handover met 20261028',
        'hazardousStorage met 20270921',
        'hazardousStorage running 20271021',
      ]);
    });
  });
});
