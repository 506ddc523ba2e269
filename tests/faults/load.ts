import { setTimeout as sleep } from 'node:timers/promises';
import { batchDigest, type SignedBatch } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { GatewayClient, type BatchResult } from '@huilian/trial';
import { registration } from '../gateway/world.js';

/** A verdict that a gateway handed out: from now on it must be on the ledger, exactly once. */
export interface HandedOut {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly verdicts: readonly string[];
}

/**
 * A device that does not give up: it offers the same batch, now at one gateway and now at another, until it has the
 * verdicts, and only then signs the next.
 */
export async function insist(
  device: Signer,
  gateways: readonly string[],
  events: number,
  until: () => boolean,
): Promise<HandedOut[]> {
  const handedOut: HandedOut[] = [];
  while (!until()) {
    const registrations = Array.from({ length: events }, () => registration(device).event);
    const batch = device.batch(registrations);
    const result = await offer(batch, gateways);
    handedOut.push({
      keyId: device.keyId,
      sequence: batch.header.sequence,
      digest: batchDigest(batch.header),
      verdicts: result.verdicts ?? [],
    });
  }
  return handedOut;
}

async function offer(batch: SignedBatch, gateways: readonly string[]): Promise<BatchResult> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const gateway = gateways[attempt % gateways.length] ?? '';
    try {
      const [result] = await new GatewayClient(gateway).submit([batch]);
      if (result?.status === 'recorded' || result?.status === 'known') return result;
      // The peer of one gateway may be behind that of another, just started again: it does not know the batch before yet.
      const isEarly = result?.status === 'queued' || result?.code === 'HL-3005';
      if (!isEarly) throw new Error(`the batch was not taken: ${JSON.stringify(result)}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('the batch was not taken')) throw error;
    }
    await sleep(200);
  }
  throw new Error(`no gateway took batch ${batch.header.sequence} in two minutes`);
}
