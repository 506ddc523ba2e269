import type { LedgerEvent } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { describe, expect, it } from 'vitest';
import { event, plantCode, smelterCode } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { TimedLedger, type NewThing } from './timed.js';

describe.each([sqliteKind(), mongoKind()])('Time limits of what travels in containers, in $name', (kind) => {
  const at = new TimedLedger(kind);

  const stored = async (battery: string): Promise<string[]> =>
    (await at.told(battery)).filter((each) => each.startsWith('hazardous'));
  const running = ['hazardousStorage running 20270921'];
  const passed = ['hazardousStorage met 20270921', 'hazardousStorage running 20271021'];

  /** A starter battery in a box, and that in a truck. */
  function packed(): { battery: string; box: string; truck: string } {
    at.terms();
    const battery = at.batteryHeld();
    const { plant } = at.played;
    const [box, truck] = (['box', 'truck'] as const).map((category) =>
      at.thing(plant, 'container', category),
    ) as [NewThing, NewThing];
    at.records(plant, box.register, truck.register);
    at.records(plant, event('pack', box.id, { items: [battery] }));
    at.records(plant, event('pack', truck.id, { items: [box.id] }));
    return { battery, box: box.id, truck: truck.id };
  }

  describe('The clocks of what lies in a container', () => {
    it('follow who holds the outermost one, and unpacking is no change of hands', async () => {
      const { battery, box, truck } = packed();
      const { plant, smelter } = at.played;
      expect(await stored(battery)).toEqual(running);
      at.wait(30);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      expect(await stored(battery)).toEqual(running);
      at.records(smelter, event('accept', truck, { from: plantCode }));
      expect((await stored(battery)).sort()).toEqual(passed);
      expect(await at.told(truck)).toEqual(['handover met 20261028']);
      const { records: clocks } = await at.model.clocksOf(battery, { limit: 5 });
      const storage = clocks.filter(({ limit }) => limit === 'hazardousStorage');
      expect(storage.map(({ party }) => party)).toEqual([plantCode, smelterCode]);
      at.wait(5);
      at.records(smelter, event('unpack', truck, { items: [box] }));
      at.records(smelter, event('unpack', box, { items: [battery] }));
      expect((await stored(battery)).sort()).toEqual(passed);
    });

    it('follow it too when one transaction moves the container and takes things out', async () => {
      const { battery, box, truck } = packed();
      const { plant, smelter } = at.played;
      at.wait(30);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      at.records(
        smelter,
        event('accept', truck, { from: plantCode }),
        event('unpack', truck, { items: [box] }),
        event('unpack', box, { items: [battery] }),
      );
      expect((await stored(battery)).sort()).toEqual(passed);
    });

    it('stay with the giver of what the receiver excepts', async () => {
      const { battery, truck } = packed();
      const { plant, smelter } = at.played;
      at.wait(30);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      const exceptions = [{ reason: 'damaged' as const, items: [battery] }];
      at.records(smelter, event('accept', truck, { from: plantCode, exceptions }));
      expect(await stored(battery)).toEqual(running);
    });

    it('move with a slip of paper', async () => {
      const { plant } = at.played;
      at.terms();
      const battery = at.batteryHeld();
      at.wait(30);
      at.records(plant, event('acceptOnBehalf', battery, { document: 'd'.repeat(64), household: 'SLIP-1' }));
      expect((await stored(battery)).sort()).toEqual(passed);
    });
  });

  describe('A change of hands of a container that was wrong', () => {
    const does = (signer: Signer, one: LedgerEvent): string => at.records(signer, one)[0] ?? '';
    const wrong = (event: string) => ({ event, termVersion: 1 });

    /** A battery in a box in a truck that the smelter has accepted, and that both call wrong a day later. */
    function acceptedByMistake(): { battery: string; box: string; truck: string; accepted: string } {
      at.table('correctionTerm', { alone: 7, together: 30 });
      const { battery, box, truck } = packed();
      const { plant, smelter } = at.played;
      at.wait(30);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      const accepted = does(smelter, event('accept', truck, { from: plantCode }));
      return { battery, box, truck, accepted };
    }

    it('leaves what lies in it stored since its first day, and the container on its way', async () => {
      const { battery, box, truck, accepted } = acceptedByMistake();
      const { plant, smelter } = at.played;
      expect((await stored(battery)).sort()).toEqual(passed);
      at.wait(1);
      at.records(smelter, event('correct', truck, { ...wrong(accepted), reason: 'wrongItem' }));
      expect((await stored(battery)).sort(), 'one hand is not enough').toEqual(passed);
      at.records(plant, event('agreeCorrection', truck, wrong(accepted)));
      expect(await stored(battery)).toEqual(running);
      expect(await at.told(truck)).toEqual(['handover running 20261028']);
      const { records: clocks } = await at.model.clocksOf(battery, { limit: 5 });
      expect(clocks.filter(({ status }) => status === 'running').map(({ party }) => party)).toEqual([
        plantCode,
      ]);
      at.wait(1);
      at.records(plant, event('withdraw', truck, {}), event('unpack', truck, { items: [box] }));
      expect(await stored(battery)).toEqual(running);
    });

    it('is stored by its receiver since the first acceptance, where the right one stands in its place', async () => {
      const { battery, truck, accepted } = acceptedByMistake();
      const { plant, smelter } = at.played;
      at.wait(1);
      at.records(smelter, event('correct', truck, { ...wrong(accepted), reason: 'wrongValue' }));
      at.records(plant, event('agreeCorrection', truck, wrong(accepted)));
      at.wait(10);
      const again = event('accept', truck, { from: plantCode, count: 1 });
      at.records(smelter, { ...again, replaces: accepted });
      expect((await stored(battery)).sort()).toEqual(passed);
      expect(await at.told(truck)).toEqual(['handover met 20261028']);
    });

    it('moves nothing of what is taken out in the same transaction', async () => {
      const { battery, box, truck, accepted } = acceptedByMistake();
      const { plant, smelter } = at.played;
      at.records(smelter, event('correct', truck, { ...wrong(accepted), reason: 'wrongItem' }));
      at.records(
        plant,
        event('agreeCorrection', truck, wrong(accepted)),
        event('withdraw', truck, {}),
        event('unpack', truck, { items: [box] }),
        event('unpack', box, { items: [battery] }),
      );
      expect(await stored(battery)).toEqual(running);
    });

    it('was completed by the handover: the acceptance waits for the right one', async () => {
      at.table('correctionTerm', { alone: 7, together: 30 });
      const { battery, truck } = packed();
      const { plant, smelter } = at.played;
      at.records(smelter, event('accept', truck, { from: plantCode }));
      at.wait(30);
      const handed = does(plant, event('handover', truck, { to: smelterCode }));
      expect((await stored(battery)).sort()).toEqual(passed);
      at.records(plant, event('correct', truck, { ...wrong(handed), reason: 'wrongItem' }));
      at.records(smelter, event('agreeCorrection', truck, wrong(handed)));
      expect(await stored(battery)).toEqual(running);
      expect(await at.told(truck)).toEqual([]);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      expect(await at.told(truck)).toEqual(['handover met 20261028']);
    });

    it('is a refusal that its receiver takes back: the container is on its way as before', async () => {
      at.table('correctionTerm', { alone: 7, together: 30 });
      const { truck } = packed();
      const { plant, smelter } = at.played;
      at.records(plant, event('handover', truck, { to: smelterCode }));
      const refused = does(smelter, event('refuse', truck, { from: plantCode, reason: 'damaged' }));
      expect(await at.told(truck)).toEqual(['handover met 20260928']);
      at.records(smelter, event('correct', truck, { ...wrong(refused), reason: 'wrongItem' }));
      expect(await at.told(truck)).toEqual(['handover running 20260928']);
    });

    it('stands where the receiver has excepted something: the clocks stay as the hands do', async () => {
      at.table('correctionTerm', { alone: 7, together: 30 });
      const { battery, truck } = packed();
      const { plant, smelter } = at.played;
      const lamp = at.thing(plant, 'part', 'lamp');
      at.records(plant, lamp.register, event('pack', truck, { items: [lamp.id] }));
      at.wait(30);
      at.records(plant, event('handover', truck, { to: smelterCode }));
      const exceptions = [{ reason: 'missing' as const, items: [lamp.id] }];
      const accepted = does(smelter, event('accept', truck, { from: plantCode, exceptions }));
      const named = { ...wrong(accepted), eventType: 'accept' as const };
      at.records(smelter, event('correct', truck, { ...named, reason: 'wrongItem' }));
      at.records(plant, event('agreeCorrection', truck, named));
      expect((await stored(battery)).sort()).toEqual(passed);
      expect(await at.told(lamp.id)).toEqual(['handover running 20261028']);
    });
  });

  describe('What was missing on a pallet', () => {
    for (const order of ['handed over first', 'accepted first'] as const)
      it(`is lost in transit when it does not turn up in time, ${order}`, async () => {
        at.terms();
        const { plant, smelter } = at.played;
        const pallet = at.thing(plant, 'container', 'pallet');
        const [lost, dented] = [at.lot(plant, 'iron'), at.lot(plant, 'copper')];
        at.records(plant, pallet.register, lost.register, dented.register);
        at.records(plant, event('pack', pallet.id, { items: [lost.id, dented.id] }));
        const exceptions = [
          { reason: 'missing' as const, items: [lost.id] },
          { reason: 'damaged' as const, items: [dented.id] },
        ];
        const steps = [
          () => at.records(plant, event('handover', pallet.id, { to: smelterCode })),
          () => at.records(smelter, event('accept', pallet.id, { from: plantCode, exceptions })),
        ];
        for (const step of order === 'accepted first' ? steps.reverse() : steps) step();
        expect(await at.told(dented.id)).toEqual([]);
        expect(await at.told(lost.id)).toEqual(['handover running 20260928']);
        const { records: clocks } = await at.model.clocksOf(lost.id, { limit: 5 });
        expect(clocks).toMatchObject([{ party: plantCode }]);
        at.wait(8);
        at.records(smelter, event('accept', lost.id, { from: plantCode }));
        expect(await at.told(lost.id)).toEqual(['handover late 20260928']);
      });

    it('is lost no more when its giver takes the handover back', async () => {
      at.terms();
      const { plant, smelter } = at.played;
      const pallet = at.thing(plant, 'container', 'pallet');
      const lost = at.lot(plant, 'iron');
      at.records(plant, pallet.register, lost.register);
      at.records(
        plant,
        event('pack', pallet.id, { items: [lost.id] }),
        event('handover', pallet.id, { to: smelterCode }),
      );
      const exceptions = [{ reason: 'missing' as const, items: [lost.id] }];
      at.records(smelter, event('accept', pallet.id, { from: plantCode, exceptions }));
      at.records(plant, event('withdraw', lost.id, {}));
      expect(await at.told(lost.id)).toEqual(['handover met 20260928']);
    });
  });
});
