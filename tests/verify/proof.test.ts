import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  canonical,
  HuilianError,
  makeProof,
  type Attestation,
  type Json,
  type ShortProof,
} from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import { checkAttestation, verifyProof } from '@huilian/verifier';
import { playHistory, type History } from './history.js';
import { seeded } from './seeded.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 180_000;

let network: TrialNetwork;
let history: History;
let connection: LedgerConnection;
let proof: ShortProof;

beforeAll(async () => {
  network = await startTrialNetwork();
  history = await playHistory(network);
  connection = await network.connect('RecyclingMSP');
  const { batch, verdicts, signer } = history.intake;
  const { x, y } = signer.key;
  proof = makeProof(batch, verdicts, 1, { x, y }, await attest(1));
}, setUpMilliseconds);

afterAll(() => network.stop(), setUpMilliseconds);

describe('A short proof', () => {
  it('holds offline, with nothing but the trust bundle', () => {
    const verified = verifyProof(canonical(proof), network.trust);
    expect(verified.proof.event).toMatchObject({ type: 'inspect', item: history.vehicle });
    expect(verified.organisations).toContain('OversightMSP');
    expect(verified.organisations.length).toBeGreaterThanOrEqual(2);
    expect(verified.receipt).toMatchObject({ sequence: 1, refused: 1 });
  });

  it('proves a refusal as well', () => {
    const { batch, verdicts, signer } = history.intake;
    const { x, y } = signer.key;
    const refusal = makeProof(batch, verdicts, 2, { x, y }, proof.attestation);
    expect(verifyProof(canonical(refusal), network.trust).proof.verdict).toMatch(/^HL-2/);
  });

  it('falls when any member of it is altered', () => {
    const text = Buffer.from(canonical(proof)).toString('utf8');
    const places = leaves(proof as unknown as Json);
    expect(places.length).toBeGreaterThan(25);
    for (const place of places) {
      const altered = alter(JSON.parse(text) as Json, place);
      expect(() => verifyProof(canonical(altered), network.trust), place.join('.')).toThrow(HuilianError);
    }
  });

  it('falls when any of its bits is flipped', () => {
    const bytes = canonical(proof);
    const random = seeded('bits of a proof');
    for (let count = 0; count < 400; count += 1) {
      const byte = random(bytes.length);
      const altered = Uint8Array.from(bytes);
      altered[byte] = (altered[byte] ?? 0) ^ (1 << random(8));
      expect(() => verifyProof(altered, network.trust), `byte ${String(byte)}`).toThrow(HuilianError);
    }
  });

  it('of another ledger is told apart', () => {
    const trust = { ...network.trust, ledger: '00'.repeat(32) };
    expect(() => verifyProof(canonical(proof), trust)).toThrow(expect.objectContaining({ code: 'HL-6006' }));
  });
});

describe('An attestation', () => {
  it('that only one organisation signed proves nothing', () => {
    const [first] = proof.attestation.endorsements;
    const alone: Attestation = { ...proof.attestation, endorsements: first === undefined ? [] : [first] };
    expect(() => checkAttestation(alone, network.trust)).toThrow(
      expect.objectContaining({ code: 'HL-6005' }),
    );
  });

  it('that one organisation signed twice proves nothing', () => {
    const [first] = proof.attestation.endorsements;
    const twice = { ...proof.attestation, endorsements: first === undefined ? [] : [first, first] };
    expect(() => checkAttestation(twice, network.trust)).toThrow(
      expect.objectContaining({ code: 'HL-6005' }),
    );
  });

  it('without Oversight proves nothing', () => {
    const trust = { ...network.trust, required: 'AbsentMSP' };
    expect(() => checkAttestation(proof.attestation, trust)).toThrow(
      expect.objectContaining({ code: 'HL-6005' }),
    );
  });

  it('by organisations with other roots proves nothing', () => {
    const [one, two, ...rest] = network.trust.organisations;
    if (one === undefined || two === undefined) throw new Error('a trust bundle of two organisations');
    const swapped = [{ ...one, roots: two.roots }, { ...two, roots: one.roots }, ...rest];
    const oversight = swapped.map((organisation) => ({ ...organisation, roots: two.roots }));
    const trust = { ...network.trust, organisations: oversight };
    expect(() => checkAttestation(proof.attestation, trust)).toThrow(
      expect.objectContaining({ code: 'HL-6005' }),
    );
  });

  it('is timely only while the certificates are', () => {
    const { receipt } = checkAttestation(proof.attestation, network.trust);
    expect(checkAttestation(proof.attestation, network.trust, receipt.time + 60).receipt).toEqual(receipt);
    const century = 100 * 365 * 86_400;
    expect(() => checkAttestation(proof.attestation, network.trust, receipt.time + century)).toThrow(
      HuilianError,
    );
  });

  it('of a batch that is not recorded is not given', async () => {
    await expect(attest(77)).rejects.toMatchObject({ kind: 'inadmissible', code: 'HL-3018' });
  });
});

async function attest(sequence: number): Promise<Attestation> {
  const { payload, endorsements } = await connection.attest('Receipts:receipt', [
    history.plant.keyId,
    String(sequence),
  ]);
  return {
    payload: base64(payload),
    endorsements: endorsements.map(({ endorser, signature }) => ({
      endorser: base64(endorser),
      signature: base64(signature),
    })),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Paths of all texts and numbers in a value. */
function leaves(value: Json, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
}

/** The value with the leaf at a path changed into something of the same kind. */
function alter(value: Json, path: readonly string[]): Json {
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'string' ? changed(value) : Number(value) + 1;
  const copy = structuredClone(value) as Record<string, Json>;
  copy[name] = alter(copy[name] ?? null, rest);
  return copy;
}

/** Another text of the same alphabet: its middle character is exchanged. */
function changed(text: string): string {
  const middle = Math.floor(text.length / 2);
  const other = text[middle] === '0' ? '1' : '0';
  return text.slice(0, middle) + other + text.slice(middle + 1);
}
