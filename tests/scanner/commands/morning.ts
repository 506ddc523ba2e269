import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gateway as GatewayClient, loadKey } from '@huilian/scanner-cli';
import { describe, expect, it } from 'vitest';
import { as, device, done, photo, plant, shop, urls } from './stand.js';

const vin = 'LSVAM4186C2123456';

/** A car from its label to its fractions and the door that a shop fits, up to the audit. */
export function morning(): void {
  describe('a morning at the plant', () => {
    let car: string;
    let door: string;

    it('takes a car in by the photograph of its label, and goes on when another photograph shows nothing', async () => {
      const label = await photo('car', `VIN:${vin}`, 4);
      const nothing = join(device, 'table.json');
      const ran = await as(
        'plant',
        'intake',
        label,
        nothing,
        '--category',
        'passengerCar',
        '--mass',
        '1200kg',
        '--from',
        'household:S-1',
        '--json',
      );
      expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('HL-7003') });
      expect(ran.lines).toMatchObject([
        { type: 'register', file: label, tags: [{ scheme: 'vin', value: vin }], status: 'accepted' },
      ]);
      car = (ran.lines[0] as { item: string }).item;
      expect(await done('plant', 'item', 'show', `VIN:${vin}`)).toMatchObject([
        { item: car, kind: 'vehicle', massGrams: 1_200_000, custodian: plant },
      ]);
    });

    it('warns before an event that the rules will refuse, records the refusal, and exits with 3', async () => {
      const ran = await as('plant', 'dismantle', car, '--output', 'part:engine:150kg', '--json');
      expect(ran).toMatchObject({ exit: 3, stderr: expect.stringContaining('Checked here') });
      expect(ran.lines).toMatchObject([{ type: 'dismantle', status: 'refused', code: 'HL-2010' }]);
      const strict = await as('plant', 'dismantle', car, '--output', 'part:engine:150kg', '--strict');
      expect(strict).toMatchObject({ exit: 3, stdout: '' });
    });

    it('is taken in, drained, dismantled into parts and fractions, weighed and shredded', async () => {
      const photo = `@${join(device, 'car.png')}`;
      await done('plant', 'inspect', photo, '--result', 'unfit');
      await done('plant', 'vehicle', 'surrender', car, '--from', 'household:S-1');
      await done('plant', 'vehicle', 'receive', car, '--mass', '1200kg', '--assembly', 'engine:1');
      await done('plant', 'vehicle', 'certify', car, '--number', 'C-1');
      const early = await as('plant', 'dismantle', car, '--output', 'part:door:18kg', '--json');
      expect(early).toMatchObject({ exit: 3, lines: [{ status: 'refused', code: 'HL-2101' }] });
      const [drained] = await done('plant', 'vehicle', 'depollute', photo, '--output', 'lot:wasteOil:5kg');
      expect(drained).toMatchObject({ outputs: [{ category: 'wasteOil', massGrams: 5_000 }] });
      const outputs = ['--output', 'part:door:180kg:serial:DOOR-1', '--output', 'lot:textile:15kg'];
      const [dismantled] = await done('plant', 'dismantle', car, ...outputs);
      expect(dismantled).toMatchObject({
        status: 'accepted',
        outputs: [{ category: 'door', massGrams: 180_000 }, { category: 'textile' }],
      });
      door = (dismantled as { outputs: { item: string }[] }).outputs[0]?.item ?? '';
      await done('plant', 'vehicle', 'hulk', car, '--mass', '990kg', '--loss', '10kg');
      const shreds = ['--output', 'lot:steel:980kg', '--loss', '10kg'];
      expect(await done('plant', 'vehicle', 'shred', car, ...shreds)).toMatchObject([
        { status: 'accepted', outputs: [{ category: 'steel' }] },
      ]);
    });

    it('hands a door to the shop, which accepts it and may trace it to its car', async () => {
      await done('plant', 'inspect', door, '--result', 'fit');
      await done('plant', 'part', 'mark', door, '--mark', 'R-1');
      expect(await as('plant', 'part', 'code', door)).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining('HL-7031'),
      });
      await done('plant', 'part', 'code', door, '--label', 'serial:DOOR-1-B', '--model', 'D-5 left');
      expect((await as('plant', 'item', 'show', 'serial:DOOR-1-B')).stdout).toMatch(/model +D-5 left/);
      await done('plant', 'handover', door, '--to', shop, '--mass', '180kg');
      const accepted = await as('shop', 'accept', 'serial:DOOR-1', '--from', plant, '--mass', '178kg');
      expect(accepted).toMatchObject({ exit: 0, stderr: expect.stringContaining('by −2000 g') });
      expect((await as('shop', 'item', 'trace', door)).stdout).toContain('by −2000 g');
      const [host] = await done(
        'shop',
        'intake',
        '--kind',
        'vehicle',
        '--category',
        'passengerCar',
        '--tag',
        'serial:HOST-1',
      );
      await done('shop', 'fit', door, '--into', (host as { item: string }).item);
      const [trace] = await done('shop', 'item', 'trace', door);
      expect(trace).toMatchObject({
        trace: [
          { item: door, events: expect.arrayContaining([expect.objectContaining({ verdict: 'accepted' })]) },
          { item: car },
        ],
      });
      expect((await as('plant', 'item', 'tree', car)).stdout).toContain(door);
    });

    it('shows a row of the world state in full, at a peer and from a stored value', async () => {
      const [shown] = await done('oversight', 'item', 'show', car);
      const key = `item/${(shown as { item: string }).item}`;
      const [held] = await done('oversight', 'state', 'show', key);
      expect(held).toMatchObject({ key, row: { kind: 'vehicle', state: 'shredded', custodian: plant } });
      const lane = '{"d":20000,"e":3,"h":"","n":4,"r":1}';
      expect((await done('oversight', 'state', 'show', 'lane/x', lane))[0]).toEqual({
        key: 'lane/x',
        row: { day: 20_000, events: 3, head: '', next: 4, refused: 1 },
      });
      for (const [args, code, exit] of [
        [['item/hl1nobody'], 'HL-4040', 1],
        [['item/hl1x', '{"k":"z"}'], 'HL-7031', 2],
        [['item/hl1x', '{'], 'HL-1002', undefined],
      ] as const) {
        const refused = await as('oversight', 'state', 'show', ...args);
        expect(refused.stderr).toContain(code);
        if (exit !== undefined) expect(refused.exit).toBe(exit);
      }
    });

    it('the auditor verifies the ledger from its blocks, and one event offline from its proof', async () => {
      const [report] = await done('oversight', 'verify');
      const { rows, batches, events } = report as { rows: number; batches: number; events: number };
      expect(report).toMatchObject({
        ok: true,
        stateRows: rows,
        readModelRows: rows,
        readModelBatches: batches,
        readModelEvents: events,
        readModelLinks: 5,
      });
      const { keyId } = await loadKey(device, 'plant');
      const proof = await new GatewayClient(urls[0])
        .use(await loadKey(device, 'plant'))
        .get(`/v1/proofs/${keyId}/1/0`);
      const file = join(device, 'proof.json');
      writeFileSync(file, JSON.stringify(proof));
      expect(await done('plant', 'verify', file)).toMatchObject([
        { ok: true, verdict: 'accepted', type: 'register' },
      ]);
      writeFileSync(file, JSON.stringify(proof).replace('passengerCar', 'passengerBus'));
      expect(await as('plant', 'verify', file)).toMatchObject({
        exit: 6,
        stderr: expect.stringContaining('HL-6002'),
      });
    });

    it('warns of a tag that somebody else has bound, says so in words when it is recorded, and keeps the name', async () => {
      const intake = ['intake', '--kind', 'vehicle', '--category', 'passengerCar', '--tag', 'serial:TWICE-1'];
      const [first] = await done('plant', ...intake);
      const again = await as('shop', ...intake);
      expect(again.exit).toBe(0);
      expect(again.stderr).toMatch(/^Checked here: .*HL-2040/);
      expect(again.stderr.match(/HL-2040 The tag is bound to another live item/g)).toHaveLength(2);
      expect(again.stdout).not.toContain('HL-2040');
      const shown = await as('plant', 'item', 'show', 'serial:TWICE-1', '--json');
      expect(shown).toMatchObject({
        exit: 0,
        stderr: expect.stringContaining('contested'),
        lines: [{ item: (first as { item: string }).item, contested: true }],
      });
    });
  });
}
