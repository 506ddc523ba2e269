import { foldBlock, openStore, Views, views, type BlockEffects } from '@huilian/gateway-api/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWire } from './cut.js';
import { cast, event, newItem, plantCode, shopCode } from './morning.js';
import { mongoKind } from './sites.js';
import { ledgerId } from './synthetic-ledger.js';

const kind = mongoKind();
beforeAll(() => kind.start(), 300_000);
afterAll(() => kind.dispose());

/** Stores a block by a connection that may be cut. @returns whether it was stored to its end */
async function stored(mongodbUri: string, effects: BlockEffects): Promise<boolean> {
  const store = await openStore({ mongodbUri, directory: '' }, views);
  await store.apply(effects);
  await store.close();
  return true;
}

it('Events are told once all that their block says can be asked for, wherever storing it in MongoDB was cut', async () => {
  const site = kind.site();
  const { mongodbUri = '' } = site.options;
  const reader = await site.open(views);
  const model = new Views(() => reader);
  const { ledger, plant } = cast();
  const { id, register } = newItem(plant, 'part', 'door');
  ledger.record([plant.batch([register, event('handover', id, { to: shopCode })], { time: ledger.time })]);
  let last: BlockEffects | undefined;
  for (const block of ledger.sealed) {
    const { puts, time } = await foldBlock(block, reader);
    last = { ...block, ledger: ledgerId, projection: 'test', time, puts };
    if (block.number < ledger.sealed.length - 1) await reader.apply(last);
  }
  if (last === undefined) throw new Error('There is no block.');

  // Two writes note what is to be done; after that each connection does one more.
  const told: number[] = [];
  for (let passing = 2, isWhole = false; !isWhole; passing = 1) {
    const wire = await openWire(mongodbUri, passing);
    const storing = stored(wire.uri, last).catch(() => false);
    isWhole = await Promise.race([storing, wire.cut.then(() => false)]);
    wire.close();
    const events = await model.eventsAfter(`${last.number - 1}.0.0`);
    told.push(events.length);
    if (events.length > 0) expect(await model.height()).toBe(last.number);
    for (const { record, parties } of events) {
      expect(record.signer).toBe(plantCode);
      expect(parties).toEqual([plantCode, shopCode]);
    }
  }
  await reader.close();
  expect(told.at(-1)).toBe(2);
  expect(told.filter((count) => count === 0).length).toBeGreaterThan(5);
});
