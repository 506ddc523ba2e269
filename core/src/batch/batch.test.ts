import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, parseCanonical, type Json } from '../bytes/canonical.js';
import { sha256Hex } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { HuilianError } from '../messages/error.js';
import type { LedgerEvent } from '../model/events.js';
import { keyNamed, nonceNamed } from '../testing/keys.js';
import { Signer } from '../testing/signer.js';
import {
  batchBytes,
  batchDigest,
  checkBatch,
  isSignedBy,
  MAX_BATCH_BYTES,
  parseBatch,
  signBatch,
} from './batch.js';
import { saltOf } from './leaves.js';

const LEDGER = sha256Hex(utf8('ledger'));
const signer = (): Signer => new Signer('plant', LEDGER, () => 1_751_342_400);
const plant = signer();

function registration(name: string, extra: object = {}): LedgerEvent {
  const { item, nonce } = plant.item(name);
  return {
    type: 'register',
    version: 1,
    item,
    time: 0,
    data: { kind: 'device', category: 'tv', nonce, tags: [] },
    ...extra,
  };
}
const registrations = (count: number): LedgerEvent[] =>
  Array.from({ length: count }, (_, i) => registration(`unit ${i}`));
function first(batch: { events: Record<string, unknown>[] }): Record<string, unknown> {
  const [event] = batch.events;
  if (!event) throw new Error('the batch has events');
  return event;
}
const error = (code: string): unknown => expect.objectContaining({ code });

/** The batch as JSON, altered after it was signed. */
function altered(
  change: (
    batch: { header: Record<string, unknown>; events: Record<string, unknown>[] } & Record<string, unknown>,
  ) => void,
): Json {
  const copy = structuredClone(signer().batch(registrations(2))) as never;
  change(copy);
  return copy;
}

describe('a signed batch', () => {
  it('reads back from its bytes, and its signature is the key’s', () => {
    const batch = signer().batch(registrations(3));
    expect(parseBatch(batchBytes(batch))).toEqual(batch);
    expect(isSignedBy(batch, plant.key)).toBe(true);
    expect(isSignedBy(batch, keyNamed('shop'))).toBe(false);
  });

  it('has a digest that is over the header alone: seed, signature and grouping are not part of its identity', () => {
    const batch = signer().batch(registrations(1));
    expect(batchDigest(batch.header)).toBe(sha256Hex(canonical(batch.header)));
  });

  it('has a salt for each event that the seed yields and no other seed does', () => {
    const salts = [0, 1, 2].flatMap((i) =>
      ['a', 'b'].map((seed) => Buffer.from(saltOf(nonceNamed(seed), i)).toString('hex')),
    );
    expect(new Set(salts).size).toBe(6);
    expect(salts.every((salt) => salt.length === 32)).toBe(true);
  });

  it('altered after signing is refused', () => {
    const cases: [string, Json][] = [
      ['HL-1023', altered((b) => b.events.reverse())],
      ['HL-1023', altered((b) => (first(b).time = 1))],
      ['HL-1023', altered((b) => (b.seed = nonceNamed('other')))],
      ['HL-1020', altered((b) => b.events.pop())],
      ['HL-1020', altered((b) => (b.extra = 1))],
      ['HL-1020', altered((b) => (b.header.extra = 1))],
      ['HL-1020', altered((b) => (b.header.version = 2))],
      ['HL-1020', altered((b) => (b.header.sequence = 0))],
      ['HL-1020', altered((b) => (b.header.sequence = 1.5))],
      ['HL-1020', altered((b) => (b.header.gap = 0))],
      ['HL-1020', altered((b) => (b.header.previous = 'f'.repeat(64)))],
      ['HL-1020', altered((b) => (b.seed = 'AAAAAAAAAAAAAAAAAAAAAB'))],
      ['HL-1020', altered((b) => (b.signature = 'A'))],
      ['HL-1020', altered((b) => (b.events = []))],
      ['HL-1012', altered((b) => (first(b).type = 'vanish'))],
      ['HL-1012', altered((b) => (first(b).version = 2))],
      ['HL-1012', altered((b) => (first(b).version = { toString: 1, valueOf: 1 }))],
      ['HL-1012', altered((b) => (b.events = [null as never, null as never]))],
      ['HL-1010', altered((b) => (first(b).extra = 1))],
      ['HL-1010', altered((b) => (first(b).cites = 'free text'))],
    ];
    for (const [code, value] of cases) expect(() => checkBatch(value), code).toThrow(error(code));
  });

  it('cannot carry what its root does not cover', () => {
    // A schema that drops `__proto__` would let a relay add it to a signed event.
    const { item } = plant.item('unit 0');
    const event = `{"data":{"from":0,"name":"massTolerance","province":"CN","table":{"permille":1},"version":1},"item":"${item}","time":0,"type":"rule.propose","version":1}`;
    const smuggled = event.replace('"permille":1', '"__proto__":{"permille":2},"permille":1');
    expect(() => parseCanonical(utf8(smuggled))).toThrow(error('HL-1007'));
    const value = altered((b) => (b.events[0] = JSON.parse(smuggled) as never));
    expect(() => checkBatch(value)).toThrow(HuilianError);
  });

  it('holds up to 1 000 events', () => {
    expect(signer().batch(registrations(1000)).header.count).toBe(1000);
    expect(() => signer().batch(registrations(1001))).toThrow(error('HL-1021'));
    expect(() => signer().batch([])).toThrow(error('HL-1020'));
  });

  it('is refused when an event is longer than 4 096 bytes', () => {
    const table = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`row${i}`, 'x'.repeat(190)]));
    const event = {
      type: 'rule.propose',
      version: 1,
      time: 0,
      data: { name: 'big', province: 'CN', version: 1, from: 0, table },
    } as LedgerEvent;
    expect(() => signer().batch([event])).toThrow(error('HL-1011'));
  });

  it('is refused when it is longer than 512 KiB', () => {
    const evidence = Array.from({ length: 8 }, (_, i) => sha256Hex(utf8(String(i))));
    const large = (i: number): LedgerEvent => ({
      type: 'inspect',
      version: 1,
      item: plant.item(`${i}`).item,
      time: 0,
      station: 's'.repeat(40),
      operator: 'o'.repeat(40),
      data: { result: 'fit', evidence },
    });
    expect(() => signer().batch(Array.from({ length: 1000 }, (_, i) => large(i)))).toThrow(error('HL-1022'));
    expect(() => parseBatch(new Uint8Array(MAX_BATCH_BYTES + 1))).toThrow(error('HL-1022'));
  });

  it('is not signed when it names more rows than a transaction may touch', () => {
    const tagged = Array.from({ length: 400 }, (_, i) =>
      registration(`unit ${i}`, {
        data: {
          kind: 'device',
          category: 'tv',
          nonce: nonceNamed(`unit ${i}`),
          tags: [0, 1, 2, 3, 4].map((n) => ({ scheme: 'serial', value: `${i}-${n}` })),
        },
      }),
    );
    expect(() => signer().batch(tagged)).toThrow(error('HL-3014'));
  });

  it('is signed over the seed-salted root: another seed gives another root', () => {
    const unsigned = {
      ledger: LEDGER,
      keyId: plant.keyId,
      sequence: 1,
      previous: '',
      time: 0,
      events: registrations(1),
    };
    const roots = ['a', 'b'].map(
      (name) => signBatch({ ...unsigned, seed: nonceNamed(name) }, plant.key).header.root,
    );
    expect(new Set(roots).size).toBe(2);
  });

  it('never fails with anything but an error of the list, whatever the bytes or values', () => {
    const batch = signer().batch(registrations(2));
    const bytes = batchBytes(batch);
    const listed = (work: () => unknown): void => {
      try {
        work();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(HuilianError);
      }
    };
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('header', 'seed', 'signature', 'events'),
        (value, member) => {
          listed(() => checkBatch(value as Json));
          listed(() => checkBatch({ ...batch, [member]: value } as unknown as Json));
          listed(() => checkBatch({ ...batch, events: [value] } as unknown as Json));
        },
      ),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
        const flipped = Uint8Array.from(bytes);
        flipped[place] = byte;
        listed(() => parseBatch(flipped));
      }),
    );
  });
});
