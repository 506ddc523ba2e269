import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import { canonical, type Json } from '../bytes/canonical.js';
import { HuilianError } from '../messages/error.js';
import { runFold } from '../record/fold.js';
import type { Verdict } from '../rules/apply.js';
import { Trade } from '../testing/trade.js';
import { checkReceipt, parseReceipt, receiptOf, type Receipt } from './receipt.js';
import { checkProof, makeProof, parseProof } from './short-proof.js';
import { parseTrustBundle } from './trust.js';

const error = (code: string): unknown => expect.objectContaining({ code });

function recorded(): { trade: Trade; batch: SignedBatch; verdicts: readonly Verdict[]; receipt: Receipt } {
  const trade = new Trade();
  const plant = trade.party('plant', ['dismantler']);
  const { item, nonce } = plant.signer.item('car');
  const batch = plant.signer.batch([
    trade.event({ type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags: [] } }),
    trade.event({ type: 'dispose', item, data: { method: 'shredded' } }),
  ]);
  const { verdicts = [] } = trade.world.record(batch).batches[0] ?? {};
  const receipt = runFold(receiptOf(batch.header.keyId, 1), (key) => trade.world.rows.get(key));
  return { trade, batch, verdicts, receipt };
}

describe('a receipt', () => {
  it('says that a batch is recorded, with its verdicts, and where its lane stands', () => {
    const { batch, verdicts, receipt } = recorded();
    expect(verdicts).toEqual(['accepted', 'HL-2030']);
    expect(receipt).toMatchObject({
      sequence: 1,
      count: 2,
      refused: 1,
      head: { sequence: 1, digest: receipt.digest },
    });
    expect(parseReceipt(canonical(receipt))).toEqual(receipt);
    expect(() => checkReceipt(receipt, batch, verdicts)).not.toThrow();
  });

  it('is for no other batch, no other ledger and no other verdicts', () => {
    const { batch, verdicts, receipt } = recorded();
    expect(() => checkReceipt({ ...receipt, ledger: 'b'.repeat(64) }, batch, verdicts)).toThrow(
      error('HL-6006'),
    );
    const wrong: [Receipt, readonly Verdict[]][] = [
      [receipt, ['accepted', 'accepted']],
      [receipt, ['accepted']],
      [{ ...receipt, sequence: 2 }, verdicts],
      [{ ...receipt, digest: 'b'.repeat(64) }, verdicts],
      [{ ...receipt, root: 'b'.repeat(64) }, verdicts],
      [{ ...receipt, outcome: 'b'.repeat(64) }, verdicts],
      [{ ...receipt, keyId: 'A'.repeat(43) }, verdicts],
    ];
    for (const [said, judged] of wrong)
      expect(() => checkReceipt(said, batch, judged)).toThrow(error('HL-6007'));
  });

  it('of a batch that is not recorded does not exist', () => {
    const { trade, batch } = recorded();
    const ask = (keyId: string, sequence: number) =>
      runFold(receiptOf(keyId, sequence), (key) => trade.world.rows.get(key));
    for (const sequence of [2, 0, -1, 1.5, NaN])
      expect(() => ask(batch.header.keyId, sequence)).toThrow(error('HL-3018'));
    expect(() => ask('../ledger', 1)).toThrow(error('HL-3018'));
  });
});

describe('what a stranger hands over as a proof', () => {
  it('never fails with anything but an error of the list', () => {
    const { batch, verdicts, receipt } = recorded();
    const attestation = { payload: 'AA==', endorsements: [{ endorser: 'AA==', signature: 'AA==' }] };
    const proof = makeProof(batch, verdicts, 0, trade().signer.key, attestation);
    function trade() {
      return { signer: new Trade().party('plant', ['dismantler']).signer };
    }
    const { d: _private, ...publicKey } = proof.publicKey as unknown as Record<string, string>;
    const sound = { ...proof, publicKey } as unknown as Record<string, Json>;
    expect(() => checkProof(parseProof(sound as Json), receipt)).not.toThrow();
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(sound)), fc.jsonValue(), (member, value) => {
        try {
          checkProof(parseProof({ ...sound, [member]: value as Json }), receipt);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(HuilianError);
          return;
        }
        expect(member).toBe('attestation'); // its certificates are checked apart
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => parseProof(value as Json)).toThrow(HuilianError);
        expect(() => parseTrustBundle(value as Json)).toThrow(HuilianError);
      }),
    );
  });
});
