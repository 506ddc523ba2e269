import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  checkProof,
  isCreditCode,
  isItemId,
  parseProof,
  parseReceipt,
  utf8,
  verifySignature,
  type Json,
  type PublicKey,
  type ShortProof,
} from '@huilian/core';
import { describe, expect, it } from 'vitest';
import {
  canonicalVectors,
  creditCodeVectors,
  itemIdVectors,
  keyVectors,
  merkleVectors,
  signatureVectors,
  tagVectors,
  type Vectors,
} from './formats.js';
import {
  batchVectors,
  eventVectors,
  groupVectors,
  proofVectors,
  receiptVectors,
  recordVectors,
} from './history.js';

const folder = fileURLToPath(new URL('../../core/vectors/', import.meta.url));

const FILES: Readonly<Record<string, () => Vectors>> = {
  canonical: canonicalVectors,
  keys: keyVectors,
  signatures: signatureVectors,
  'item-ids': itemIdVectors,
  'credit-codes': creditCodeVectors,
  tags: tagVectors,
  merkle: merkleVectors,
  events: eventVectors,
  batches: batchVectors,
  groups: groupVectors,
  receipts: receiptVectors,
  proofs: proofVectors,
  record: recordVectors,
};

const textOf = (make: () => Vectors): string => `${JSON.stringify(make(), undefined, 2)}\n`;
const published = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));

// A change of a format is a change of version: HUILIAN_VECTORS=1 writes the files anew, and the diff shows what changed.
if (process.env['HUILIAN_VECTORS'] === '1') {
  mkdirSync(folder, { recursive: true });
  for (const [name, make] of Object.entries(FILES)) writeFileSync(`${folder}${name}.json`, textOf(make));
}

describe('the published test vectors', () => {
  it.each(Object.entries(FILES))('of %s are current', (name, make) => {
    expect(readFileSync(`${folder}${name}.json`, 'utf8')).toBe(textOf(make));
  });

  it('are all of them listed', () => {
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(FILES)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  it('of signatures are accepted and refused as they say', () => {
    const { key, accepted, refused } = published('signatures') as {
      key: PublicKey;
      accepted: { message: string; signature: string }[];
      refused: { message: string; signature: string }[];
    };
    for (const { message, signature } of accepted)
      expect(verifySignature(key, utf8(message), signature)).toBe(true);
    for (const { message, signature } of refused)
      expect(verifySignature(key, utf8(message), signature)).toBe(false);
  });

  it('of ids and codes are accepted and refused as they say', () => {
    const ids = published('item-ids') as { accepted: { id: string }[]; refused: string[] };
    for (const { id } of ids.accepted) expect(isItemId(id)).toBe(true);
    for (const id of ids.refused) expect(isItemId(id), id).toBe(false);
    const codes = published('credit-codes') as { accepted: string[]; refused: string[] };
    for (const code of codes.accepted) expect(isCreditCode(code)).toBe(true);
    for (const code of codes.refused) expect(isCreditCode(code), code).toBe(false);
  });

  it('name a code for everything that is refused', () => {
    for (const name of ['canonical', 'tags', 'events', 'groups']) {
      const { refused } = published(name) as { refused: { code?: string }[] };
      for (const each of refused) expect(each.code, JSON.stringify(each)).toMatch(/^HL-1[0-9]{3}$/);
    }
    const { inadmissible } = published('record') as { inadmissible: { offences: { code: string }[] }[] };
    expect(inadmissible.map(({ offences }) => offences[0]?.code)).toEqual([
      'HL-3005',
      'HL-3006',
      'HL-3009',
      'HL-3008',
      'HL-3004',
      'HL-3001',
    ]);
  });

  it('of proofs hold against the receipt, and no longer when anything is altered', () => {
    const { receipt, proofs } = published('proofs') as { receipt: Json; proofs: Json[] };
    const said = parseReceipt(utf8((published('receipts') as { text: string }).text));
    expect(said).toEqual(receipt);
    for (const value of proofs) {
      const proof = parseProof(value);
      expect(() => checkProof(proof, said)).not.toThrow();
      const altered: Partial<ShortProof>[] = [
        { verdict: proof.verdict === 'accepted' ? 'HL-2020' : 'accepted' },
        { index: (proof.index + 1) % 3 },
        { event: { ...proof.event, time: 1 } },
        { path: [...proof.path, 'a'.repeat(64)] },
        { outcomePath: proof.outcomePath.slice(1) },
        { salt: 'AAAAAAAAAAAAAAAAAAAAAA' },
        { header: { ...proof.header, time: 1 } },
        { publicKey: { x: proof.publicKey.y, y: proof.publicKey.x } },
      ];
      for (const change of altered)
        expect(() => checkProof({ ...proof, ...change }, said), JSON.stringify(change)).toThrow(/./);
    }
  });
});

const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });

describe('another language', () => {
  it.skipIf(python.status !== 0)('comes to the same bytes with its standard library alone', () => {
    const script = fileURLToPath(new URL('check_vectors.py', import.meta.url));
    const { status, stdout, stderr } = spawnSync('python3', [script, folder], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^[1-9][0-9]+ checks, 0 failed\n$/);
  });
});
