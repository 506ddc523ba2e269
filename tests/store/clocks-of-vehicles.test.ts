import { creditCodeCheck, TIME_LIMIT_TABLE, termsTable, trialTerms } from '@huilian/core';
import { clocksEnded } from '@huilian/gateway-api/model';
import { describe, expect, it } from 'vitest';
import { event, output } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { freshSigner } from '../verify/signer.js';
import { ledgerId } from './synthetic-ledger.js';
import { dismantlerCode, TimedLedger } from './timed.js';

const policeBody = '11330100MB1234567';
const policeCode = policeBody + creditCodeCheck(policeBody);
const PACK = '001PE240000003B3C0000001';

describe.each([sqliteKind(), mongoKind()])('Time limits of vehicles, in $name', (kind) => {
  const at = new TimedLedger(kind);

  describe('The clock of a certificate in the read model', () => {
    it('is late by three working days over National Day, and the history says so', async () => {
      at.terms();
      at.holidays(2026);
      const car = at.takenIn();
      expect(await at.told(car)).toEqual(['certificate running 20260928']);
      at.wait(17);
      at.records(at.dismantler, event('issueCertificate', car, { number: 'C-1' }));
      expect(await at.told(car)).toEqual(['certificate late 20260928', 'cancellation unknown']);
      const ended = await clocksEnded(at.model, car);
      // 29 and 30 September, and 8 October; the first seven days of October are free.
      expect([...ended.values()]).toEqual([
        [{ timeLimit: 'certificate', state: 'metLate', late: { days: 10, workingDays: 3 } }],
      ]);
    });

    it('is met on its last day', async () => {
      at.terms();
      const car = at.takenIn();
      at.wait(7);
      at.records(at.dismantler, event('issueCertificate', car, { number: 'C-1' }));
      expect(await at.told(car)).toContain('certificate met 20260928');
    });

    it('says that no table is on record, and counts anew once there is one', async () => {
      const car = at.takenIn();
      expect(await at.told(car)).toEqual(['certificate unknown']);
      const { records: found } = await at.model.clocksOf(car, { limit: 5 });
      expect(found).toMatchObject([{ missing: { what: 'table' }, party: dismantlerCode, confirmed: false }]);
      at.wait(30);
      at.records(at.dismantler, event('issueCertificate', car, { number: 'C-1' }));
      expect(await at.told(car)).toContain('certificate unknown');
      at.terms();
      expect(await at.told(car)).toContain('certificate late 20260928');
    });

    it('is due after the dismantling where the table of its order says so', async () => {
      at.terms();
      at.table('certificateAfter', { after: 'dismantling' });
      at.table('massTolerance', { permille: 20 });
      const car = at.takenIn();
      const [fluids, doors] = [
        output(at.dismantler, 'coolant', 5_000),
        output(at.dismantler, 'steel', 95_000),
      ];
      const lots = [fluids, doors].map((each) => [{ ...each, kind: 'lot' as const }]);
      at.records(
        at.dismantler,
        event('depollute', car, { outputs: lots[0] ?? [], certificateVersion: 1 }),
        event('dismantle', car, { outputs: lots[1] ?? [] }),
      );
      expect(await at.told(car)).toEqual([]);
      at.wait(3);
      const hulk = { massGrams: 900_000, lossGrams: 0, toleranceVersion: 1 };
      at.records(at.dismantler, event('leaveHulk', car, hulk));
      expect(await at.told(car)).toEqual(['certificate running 20261001']);
    });

    it('is followed by one of the cancellation, which another certificate does not begin anew', async () => {
      at.terms();
      at.table('correctionTerm', { alone: 7, together: 30 });
      const police = freshSigner(ledgerId);
      at.played.ledger.admit(police, policeCode, 'police');
      const car = at.takenIn();
      const [wrong = ''] = at.records(at.dismantler, event('issueCertificate', car, { number: 'C-1' }));
      at.records(police, event('cancelRegistration', car, {}));
      const clocks = await at.told(car);
      const named = { event: wrong, eventType: 'issueCertificate', termVersion: 1 };
      at.records(at.dismantler, event('correct', car, { ...named, reason: 'wrongValue' }));
      at.records(at.dismantler, { ...event('issueCertificate', car, { number: 'C-2' }), replaces: wrong });
      expect(await at.told(car)).toEqual(clocks);
    });

    it('runs by the table of its party’s province, and by the national one elsewhere', async () => {
      at.terms();
      const ten = { certificate: [20180101, 0, 10, 'calendarDays', 2, 'confirmed'] };
      at.table(TIME_LIMIT_TABLE, ten, 1, '320000');
      expect(await at.told(at.takenIn())).toEqual(['certificate running 20260928']);
      const running = at.takenIn();
      await at.project();
      at.table(TIME_LIMIT_TABLE, ten, 1, '330000');
      expect(await at.told(running)).toEqual(['certificate running 20261001']);
      expect(await at.told(at.takenIn())).toEqual(['certificate running 20261001']);
    });

    it('follows a new version of the table while it runs, and keeps the old once it is over', async () => {
      at.terms();
      const [one, two] = [at.takenIn(), at.takenIn()];
      at.records(at.dismantler, event('issueCertificate', one, { number: 'C-1' }));
      await at.project();
      const longer = {
        ...termsTable(trialTerms()),
        certificate: [20180101, 0, 10, 'calendarDays', 2, 'confirmed'],
      };
      at.table(TIME_LIMIT_TABLE, longer, 2);
      expect(await at.told(one)).toContain('certificate met 20260928');
      expect(await at.told(two)).toEqual(['certificate running 20261001']);
    });

    it('is void where a table says that no term was in force on its day', async () => {
      const car = at.takenIn();
      expect(await at.told(car)).toEqual(['certificate unknown']);
      at.table(TIME_LIMIT_TABLE, { certificate: [20270101, 0, 7, 'calendarDays', 2, 'confirmed'] });
      expect(await at.told(car)).toEqual([]);
    });
  });

  describe('The clock of a traction battery in the read model', () => {
    /** A car with a pack, certified, and a term of 15 working days from then. */
    function certified(): { readonly car: string; readonly certificate: string } {
      const early = { from: 20180801, to: undefined, term: { count: 'workingDays' as const, days: 15 } };
      const dated = new Map(trialTerms()).set('traceCertificate', [
        { ...early, warnDays: 5, confirmed: true },
      ]);
      at.table(TIME_LIMIT_TABLE, termsTable(dated));
      const car = at.takenIn([PACK]);
      const issued = event('issueCertificate', car, { number: 'C-1' });
      const [certificate = ''] = at.records(at.dismantler, issued);
      at.wait(3);
      return { car, certificate };
    }
    /** The pack comes out. @returns its id */
    function takenOut(car: string): string {
      const out = output(at.dismantler, 'engine', 300_000);
      const tags = [{ scheme: 'battery' as const, value: PACK }];
      const battery = { ...out, kind: 'battery' as const, category: 'tractionBattery', tags };
      at.records(at.dismantler, event('depollute', car, { outputs: [battery] }));
      return battery.item;
    }

    it('counts from the certificate of the car that it came out of, and waits for the holidays', async () => {
      const battery = takenOut(certified().car);
      expect(await at.told(battery)).toEqual(['traceCertificate unknown']);
      at.holidays(2026);
      // 15 working days after 21 September: 25 September, 1 and 2, 5 to 7 October are free, 10 October is worked.
      expect(await at.told(battery)).toEqual(['traceCertificate running 20261019']);
    });

    it('counts from the first certificate, though another one has taken its place', async () => {
      at.holidays(2026);
      at.table('correctionTerm', { alone: 7, together: 30 });
      const { car, certificate } = certified();
      const wrong = { event: certificate, eventType: 'issueCertificate', termVersion: 1 };
      at.records(at.dismantler, event('correct', car, { ...wrong, reason: 'wrongValue' }));
      const right = event('issueCertificate', car, { number: 'C-2' });
      at.records(at.dismantler, { ...right, replaces: certificate });
      expect(await at.told(takenOut(car))).toEqual(['traceCertificate running 20261019']);
    });
  });
});
