import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { as, device, done, keyFor, plant, requestOf, shop } from './stand.js';

/** Keys, participants, licences and tables. */
export function administration(): void {
  describe('administration from the command line', () => {
    it('begins with a Fabric administrator who registers the first key of each organisation', async () => {
      for (const [name, mspId] of [
        ['recycling', 'RecyclingMSP'],
        ['aftermarket', 'AftermarketMSP'],
        ['oversight', 'OversightMSP'],
        ['oversight2', 'OversightMSP'],
      ] as const) {
        await done(name, 'key', 'init', name, '--owner', mspId);
        expect(await done(name, 'key', 'register', await requestOf(name), '--fabric')).toMatchObject([
          { owner: mspId, status: 'accepted' },
        ]);
      }
    });

    it('registers participants, licences that Oversight countersigns, and the keys of devices', async () => {
      await done(
        'recycling',
        'participant',
        'register',
        plant,
        '--name',
        '示例拆解厂',
        '--role',
        'dismantler',
        '--province',
        '330100',
      );
      await done(
        'aftermarket',
        'participant',
        'register',
        shop,
        '--name',
        '示例修理店',
        '--role',
        'repairShop',
        '--province',
        '440300',
      );
      const term = [
        '--capacity',
        '30000',
        '--valid-from',
        '2020-01-01',
        '--valid-to',
        '2035-12-31',
        '--authority',
        '示例主管部门',
      ];
      await done(
        'recycling',
        'licence',
        'grant',
        '--participant',
        plant,
        '--number',
        'D-1',
        '--kind',
        'dismantler',
        ...term,
      );
      await done('oversight', 'licence', 'countersign', '--participant', plant, '--number', 'D-1');
      await keyFor(plant, 'plant', 'recycling');
      await keyFor(shop, 'shop', 'aftermarket');
    });

    it('puts a rule table in force with two keys of Oversight, and not with one', async () => {
      const table = join(device, 'table.json');
      writeFileSync(table, '{"permille": 50}');
      const name = ['massTolerance', '--rule-version', '1'];
      await done('oversight', 'rule', 'propose', ...name, '--from', '2020-01-01', '--table', table);
      expect(await as('oversight', 'rule', 'approve', ...name)).toMatchObject({
        exit: 3,
        stderr: expect.stringContaining('HL-3034'),
      });
      await done('oversight2', 'rule', 'approve', ...name);
    });

    it('keeps the key where only its user reads it, and never overwrites it', async () => {
      const again = await as('plant', 'key', 'init', 'plant', '--owner', plant);
      expect(again).toMatchObject({ exit: 2, stderr: expect.stringContaining('HL-7021') });
      expect(await done('plant', 'key', 'list')).toMatchObject([
        { keys: expect.arrayContaining([expect.objectContaining({ name: 'plant', owner: plant })]) },
      ]);
    });
  });
}
