import {
  canonical,
  checkEvent,
  isAdministration,
  parseCanonical,
  rowKey,
  verifySignature,
  type ItemRow,
  type Json,
  type KeyRow,
} from '@huilian/core';
import type { Context } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { BaseContract } from '../runtime/base-contract.js';
import { naiveStep } from './step.js';

/** The argument of `Naive:record`. */
interface SignedEvent {
  readonly event: Json;
  readonly keyId: string;
  /** By the key, over the canonical bytes of the event. */
  readonly signature: string;
}

/**
 * The way that the benchmarks compare with: one key and one transaction for each event. It is in the bundle of the
 * benchmarks only. Its rows stand beside those of the product under keys of their own.
 */
export class NaiveContract extends BaseContract {
  constructor() {
    super('Naive');
  }

  /**
   * Records one signed event of a registered key: reads the item (and the signer's key in the same message), checks, writes
   * the item.
   *
   * @param _signed canonical JSON `{"event","keyId","signature"}`
   */
  async record(context: Context, _signed: string): Promise<void> {
    const ledger = new Ledger(context);
    const signed = parseCanonical(ledger.argument(0)) as unknown as SignedEvent;
    const event = checkEvent(signed.event);
    if (isAdministration(event)) throw new Error('the naive way records items only');
    const [item, key] = [`lone/${event.item}`, rowKey.key(signed.keyId)];
    const rows = await ledger.read([item, key]);
    const signer = rows.get(key) as KeyRow | undefined;
    const bytes = canonical(event);
    if (!signer || !verifySignature(signer.publicKey, bytes, signed.signature))
      throw new Error(`the signature is not of a registered key ${signed.keyId}`);
    const row = naiveStep(rows.get(item) as ItemRow | undefined, event, signer.owner, bytes);
    ledger.write(new Map([[item, row]]));
  }
}
