import { blocksOfPeer, readModelOfGateway, verifyLedger } from '@huilian/verifier';
import { expect } from 'vitest';
import type { Scene } from './scene.js';

/** Replays the blocks of a scene by the rules, and compares the gateway's read model with what follows. */
export async function verifyScene({ world, gateway }: Scene): Promise<void> {
  const token = await gateway.token(world.oversightOffice);
  const blocks: Uint8Array[] = [];
  const connection = await world.network.connect('OversightMSP', 'auditor');
  for await (const block of blocksOfPeer(connection)) blocks.push(block);
  await gateway.get(`/v1/rulesets/active?minBlock=${blocks.length - 1}`);
  // A connection that lay idle while blocks were replayed may just be closing: what only reads is asked again.
  const get = (path: string) => gateway.get(path, token).catch(() => gateway.get(path, token));
  const readModel = readModelOfGateway(async (path) => (await get(path)).body);
  const report = await verifyLedger({ source: blocks, trust: world.network.trust, readModel });
  expect(report.firstDifference).toBeUndefined();
  expect(report.readModelRows).toBe(report.rows);
}
