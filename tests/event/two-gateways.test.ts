import { batchDigest, type SignedBatch } from '@huilian/core';
import { cast, freePort } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLiar, type Lie } from '../scanner/liar.js';
import { car, type Device } from './device.js';
import { Stage } from './stage.js';
import { expectTold, linesOf } from './terminal.js';

let stage: Stage;
let plant: Device;
let shop: Device;

beforeAll(async () => {
  stage = await Stage.start();
  plant = await stage.device('plant', cast.dismantler);
  shop = await stage.device('shop', cast.repairShop);
});
afterAll(() => stage.stop());

/** The answer of a gateway that hands nothing on. */
function pretended(body: Buffer): object[] {
  const { batches } = JSON.parse(body.toString()) as { batches: SignedBatch[] };
  return batches.map(({ header, events }) => ({
    keyId: header.keyId,
    sequence: header.sequence,
    digest: batchDigest(header),
    status: 'recorded',
    verdicts: events.map(() => 'accepted'),
    block: 7,
  }));
}

describe('a device with two gateways', () => {
  it('has its event recorded by the second when the first is dead, and hears about the first', async () => {
    const dead = `http://127.0.0.1:${await freePort(26_000)}`;
    plant.gateways = [dead, stage.url];
    const ran = await plant.run(...car('DEAD-FIRST'), '--json', '--lang', 'zh-CN');
    expect(ran).toMatchObject({ exit: 0 });
    expect(linesOf(ran)).toMatchObject([{ status: 'accepted' }]);
    expect(ran.stderr).toContain(`网关 ${dead}：没有应答（HL-7015`);
    expect(await plant.waiting()).toEqual([]);
    await stage.expectOnce(plant.keyId, [1]);
    // That nobody answers says nothing about a tag: told that it is free, a plant would register the item twice.
    plant.gateways = [dead];
    await plant.fails(1, 'HL-7035', 'en', 'item', 'show', 'serial:NEVER-SEEN');
    await plant.fails(1, 'HL-7035', 'zh-CN', 'inspect', 'serial:NEVER-SEEN', '--result', 'fit', '--offline');
    plant.gateways = [dead, stage.url];
    await plant.fails(1, 'HL-7033', 'en', 'item', 'show', 'serial:NEVER-SEEN');
  });

  it.each<[Lie, string]>([
    ['pretends', 'hands nothing on and claims that it is recorded'],
    ['flips', 'turns a refusal into an acceptance'],
  ])('finds by the receipt that the first %s lies (it %s), and the second tells the truth', async (lie) => {
    // What the ledger refuses, whatever the liar says: an item that the shop holds.
    shop.gateways = [stage.url];
    const [held] = await shop.done<{ item: string }>(...car(`HELD-${lie}`));
    await stage.caughtUp();
    const device = await stage.device(`device-${lie}`, cast.dismantler);
    const liar = await startLiar(
      lie,
      async (url) => (await stage.gateway({ PUBLIC_URL: url })).client.address,
      pretended,
    );
    try {
      device.gateways = [liar.url];
      const step = ['inspect', held?.item ?? '', '--result', 'fit'];
      const alone = await device.run(...step, '--json', '--lang', 'zh-CN');
      expect(alone).toMatchObject({ exit: 5 });
      expectTold(alone.stderr, 'HL-7016', 'zh-CN');
      expect(linesOf(alone)).toMatchObject([{ status: 'queued' }]);
      expect(await device.waiting()).toEqual([1]);

      device.gateways = [liar.url, stage.url];
      const pushed = await device.run('queue', 'push', '--json', '--lang', 'en');
      expect(pushed).toMatchObject({ exit: 3 });
      expect(pushed.stderr).toContain(
        `Gateway ${liar.url}: its claims are not borne out by the signatures of organisations (HL-7016`,
      );
      expect(linesOf(pushed)).toMatchObject([
        { waiting: [], settled: [{ sequence: 1, events: [{ verdict: 'HL-2020' }] }] },
      ]);
      const both = await device.run(...car(`TWO-${lie}`), '--json', '--lang', 'en');
      expect(both).toMatchObject({ exit: 0 });
      expect(linesOf(both)).toMatchObject([{ status: 'accepted' }]);
      await stage.expectOnce(device.keyId, [1, 2]);
    } finally {
      liar.stop();
    }
  });
});
