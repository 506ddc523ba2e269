import { describe, expect, it } from 'vitest';
import type { Sent, Waiting } from './lanes.js';
import { roomFor } from './room.js';

const bounds = { batches: 10, bytes: 1_000 };

const sent = (signer: string, sequence: number, bytes = 1): Sent =>
  ({ batch: { header: { keyId: signer, sequence } }, text: '', bytes }) as unknown as Sent;

/** So many batches of a signer, numbered from 1. */
const lane = (signer: string, count: number, bytes = 1): Waiting<void>[] =>
  Array.from({ length: count }, (_, place) => sent(signer, place + 1, bytes) as Waiting<void>);

const newcomer = (signer: string, count = 1, bytes = 1): Sent[] =>
  Array.from({ length: count }, (_, place) => sent(signer, 100 + place, bytes));

const names = (goes: readonly Sent[] | undefined): string[] | undefined =>
  goes?.map(({ batch: { header } }) => `${header.keyId}${header.sequence}`);

describe('a full queue', () => {
  it('lets a newcomer in at the expense of who holds most of it, from the end of that lane', () => {
    const lanes = [lane('flood', 7), lane('other', 3)];
    expect(names(roomFor(newcomer('quiet'), lanes, bounds))).toEqual(['flood7']);
    expect(names(roomFor(newcomer('quiet', 3), lanes, bounds))).toEqual(['flood7', 'flood6', 'flood5']);
  });

  it('turns away who holds most of it', () => {
    expect(roomFor(newcomer('flood'), [lane('flood', 7), lane('other', 3)], bounds)).toBeUndefined();
    expect(roomFor(newcomer('quiet', 8), [lane('flood', 7), lane('other', 3)], bounds)).toBeUndefined();
  });

  it('leaves each lane its first batch, and what is shared out evenly as it is', () => {
    const many = Array.from({ length: 10 }, (_, place) => lane(`signer${place}-`, 1));
    expect(roomFor(newcomer('quiet'), many, bounds)).toBeUndefined();
    expect(roomFor(newcomer('quiet'), [lane('large', 1, 999)], bounds)).toEqual([]);
    expect(roomFor(newcomer('quiet', 1, 2), [lane('large', 1, 999)], bounds)).toBeUndefined();
    expect(roomFor(newcomer('one', 5), [lane('one', 1), lane('other', 5)], bounds)).toBeUndefined();
  });

  it('measures a lane by the bound that it fills most of', () => {
    const lanes = [lane('small', 6), lane('large', 2, 490)];
    expect(names(roomFor(newcomer('quiet', 1, 100), lanes, bounds))).toEqual(['large2']);
  });

  it('that is empty takes any request, and one that brings nothing new never costs another its place', () => {
    expect(roomFor(newcomer('quiet', 50), [], bounds)).toEqual([]);
    expect(roomFor([], [lane('flood', 30)], bounds)).toEqual([]);
  });
});
