import type { Signer } from '@huilian/core/testing';
import { codes, freshSigner, keyEvent, type Client, type World } from './world.js';

/** A fresh device of the plant, so that what it does wrong spoils nobody else's lane. */
export async function deviceOf(world: World, gateway: Client): Promise<Signer> {
  const signer = freshSigner(world.network.trust.ledger);
  await gateway.record(world.recyclingOffice, [keyEvent(codes.plant, signer)]);
  return signer;
}
