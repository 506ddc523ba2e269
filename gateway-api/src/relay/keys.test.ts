import { Trade } from '@huilian/core/testing';
import { rowKey, type KeyRow } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import type { RowReader } from '../ports.js';
import { SignerKeys } from './keys.js';
import { precheck } from './precheck.js';

const trade = new Trade();
const { signer } = trade.party('plant', ['dismantler']);
const nobody = trade.world.signer('nobody');
const row = trade.world.row(rowKey.key(signer.keyId));

const event = trade.event({ type: 'withdraw', item: signer.item('car').item, data: {} });

/** A read model that has these keys. */
const readModel = (...keyIds: string[]): RowReader => ({
  row: (key) => Promise.resolve(keyIds.some((id) => key === rowKey.key(id)) ? (row as never) : undefined),
});

/** A peer that has a key from so many questions on. */
function peer(from: number) {
  const asked: string[] = [];
  const onLedger = async (keyId: string): Promise<KeyRow | undefined> => {
    asked.push(keyId);
    return asked.length >= from ? row : undefined;
  };
  return { asked, onLedger };
}

const refusal = (standing: KeyRow | 'unsure' | undefined): string | undefined =>
  precheck(signer.batch([event]), trade.world.ledger, standing)?.code;

describe('a key that signs a batch', () => {
  it('is known from the read model, and the ledger is not asked', async () => {
    const { asked, onLedger } = peer(1);
    const keys = await new SignerKeys(readModel(signer.keyId), onLedger).find(new Set([signer.keyId]));
    expect(refusal(keys.get(signer.keyId))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('that was registered a moment ago is known, though the read model and even the peer come later', async () => {
    for (const from of [1, 3]) {
      const { asked, onLedger } = peer(from);
      const keys = await new SignerKeys(readModel(), onLedger).find(new Set([signer.keyId]));
      expect(refusal(keys.get(signer.keyId))).toBeUndefined();
      expect(asked).toHaveLength(from);
    }
  });

  it('is refused when it is on no ledger, and the others of the request are not', async () => {
    const { onLedger } = peer(Infinity);
    const both = new Set([nobody.keyId, signer.keyId]);
    const keys = await new SignerKeys(readModel(signer.keyId), onLedger).find(both);
    expect([...keys.keys()]).toEqual([signer.keyId]);
    expect(refusal(keys.get(nobody.keyId))).toBe('HL-3001');
  });

  it('is left to the endorsers while the store is away', async () => {
    const away: RowReader = { row: () => Promise.reject(new Error('away')) };
    const { asked, onLedger } = peer(Infinity);
    const keys = await new SignerKeys(away, onLedger).find(new Set([signer.keyId]));
    expect(refusal(keys.get(signer.keyId))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('must be the one that signed', async () => {
    const other = trade.party('shop', ['repairShop']).signer;
    expect(refusal(trade.world.row(rowKey.key(other.keyId)))).toBe('HL-3004');
  });

  it('is looked up for so many requests at once; the next are told when to come back, and known keys go on', async () => {
    let answer: (row: undefined) => void = () => undefined;
    const silent = new Promise<undefined>((resolve) => (answer = resolve));
    const keys = new SignerKeys(readModel(signer.keyId), () => silent);
    const strangers = Array.from({ length: 16 }, () => keys.find(new Set([nobody.keyId])));
    const refused = { code: 'HL-4031', clothes: { headers: { 'Retry-After': '1' } } };
    await expect(keys.find(new Set([nobody.keyId]))).rejects.toMatchObject(refused);
    expect((await keys.find(new Set([signer.keyId]))).size).toBe(1);
    answer(undefined);
    expect((await Promise.all(strangers)).map(({ size }) => size)).toEqual(Array(16).fill(0));
    expect((await keys.find(new Set([nobody.keyId]))).size).toBe(0);
  });
});
