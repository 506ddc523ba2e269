import 'reflect-metadata';
import {
  canonical,
  keyIdOf,
  makeKeyRequest,
  packGroup,
  parseReceipt,
  rowKey,
  utf8,
  type Row,
} from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { Extension, X509CertificateGenerator } from '@peculiar/x509';
import { JSONSerializer } from 'fabric-contract-api';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkTime, WINDOW } from '../runtime/clock.js';
import { contracts } from './index.js';

/** What the runtime answers: status 200 or 500, a payload or a message. */
interface Answer {
  readonly status: number;
  readonly message: string;
  readonly payload: Buffer;
}

/** A certificate as Fabric's authority issues it, with the attribute `role` (OID 1.2.3.4.5.6.7.8.1). */
async function certificateOf(role: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const attributes = Buffer.from(JSON.stringify({ attrs: { role } }));
  const made = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${role}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [new Extension('1.2.3.4.5.6.7.8.1', false, attributes)],
  });
  return made.toString('pem');
}

/** A peer's side of the conversation in memory, for the runtime of Fabric that a peer talks to. */
class Peer {
  readonly state = new Map<string, Uint8Array>();
  readonly writes: string[] = [];
  mspId = 'RecyclingMSP';
  role = 'gateway';
  /** Seconds that the transaction's timestamp is off this machine's clock. */
  off = 0;
  readonly #chaincode = new ChaincodeFromContract(
    [...contracts],
    { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } },
    {},
    'huilian',
    '0.0.0',
  );

  async call(name: string, ...args: (string | Uint8Array)[]): Promise<Answer> {
    const bytes = [name, ...args].map((arg) => Buffer.from(arg));
    const [, ...parameters] = bytes.map((arg) => arg.toString('utf8'));
    const seconds = Math.floor(Date.now() / 1000) + this.off;
    const certificate = await certificateOf(this.role);
    const stub = {
      // A peer that offered no batches: the shim's own calls are used.
      handler: { _stream: {} },
      getFunctionAndParameters: () => ({ fcn: name, params: parameters }),
      getArgs: () => [name, ...parameters],
      getBufferArgs: () => bytes,
      getTxID: () => 'f'.repeat(64),
      getChannelID: () => 'lifecycle',
      getTxTimestamp: () => ({ seconds, nanos: 0 }),
      getState: (key: string) => Promise.resolve(Buffer.from(this.state.get(key) ?? [])),
      putState: (key: string, value: Uint8Array) => {
        this.writes.push(key);
        this.state.set(key, value);
        return Promise.resolve();
      },
      getStateByRange: (start: string) => Promise.resolve(this.#range(start)),
      getCreator: () => ({ mspid: this.mspId, idBytes: Buffer.from(certificate) }),
    };
    return (this.#chaincode as unknown as { Invoke: (stub: unknown) => Promise<Answer> }).Invoke(stub);
  }

  #range(start: string) {
    const keys = [...this.state.keys()].filter((key) => key >= start).sort();
    let at = 0;
    return {
      next: () => {
        const key = keys[at++];
        return Promise.resolve(
          key === undefined ? { done: true } : { value: { key, value: this.state.get(key) }, done: false },
        );
      },
      close: () => Promise.resolve(),
    };
  }

  as(mspId: string, role: string): this {
    this.mspId = mspId;
    this.role = role;
    return this;
  }
}

let peer: Peer;
let trade: Trade;
beforeEach(() => {
  peer = new Peer();
  trade = new Trade();
});

/** Puts the rows of a trade into the peer's world state. */
function settle(): void {
  for (const [key, row] of trade.world.rows) peer.state.set(key, canonical(row));
}
const text = ({ payload, message, status }: Answer): string =>
  status === 200 ? payload.toString('utf8') : message;
const json = (answer: Answer): unknown => JSON.parse(text(answer));

describe('the contracts', () => {
  it('found a ledger and register the first administrator by certificates', async () => {
    const { ledger } = trade.world;
    expect(
      json(await peer.as('RecyclingMSP', 'administrator').call('Administration:foundLedger', ledger)),
    ).toMatchObject({ code: 'HL-3033' });
    expect(
      json(await peer.as('OversightMSP', 'administrator').call('Administration:foundLedger', ledger)),
    ).toEqual({ ledger });
    const { key } = trade.world.signer('first');
    const request = canonical(makeKeyRequest(ledger, 'OversightMSP', key));
    expect(json(await peer.call('Administration:registerAdministrator', request))).toEqual({
      keyId: keyIdOf(key),
    });
    expect(json(await peer.call('State:ledger'))).toEqual({ id: ledger });
    expect(json(await peer.call('Keys:get', keyIdOf(key)))).toMatchObject({ kind: 'administrator' });
  });

  it('record the bytes of a group, which no text would keep, and write rows in order', async () => {
    const plant = trade.party('plant', ['dismantler']);
    settle();
    const { item, nonce } = plant.signer.item('car');
    const event = trade.event({
      type: 'register',
      item,
      data: {
        kind: 'vehicle',
        category: 'car',
        nonce,
        tags: [{ scheme: 'vin', value: 'LSVAM4186C2123456' }],
      },
    });
    const group = packGroup([plant.signer.batch([event])]);
    expect(Buffer.from(Buffer.from(group).toString('utf8'))).not.toEqual(Buffer.from(group));
    const answer = await peer.call('Record:record', group);
    expect(json(answer)).toMatchObject({ batches: [{ status: 'recorded', count: 1, refused: [] }] });
    expect(peer.writes).toEqual([...peer.writes].sort());
    expect(json(await peer.call('Items:get', item))).toMatchObject({ state: 'inUse' });
    expect(json(await peer.call('Items:tag', 'vin', 'LSVAM4186C2123456'))).toEqual({ item });
    const { keyId } = plant.signer;
    expect(json(await peer.call('Lanes:get', keyId))).toMatchObject({ next: 2 });
    expect(json(await peer.call('Lanes:batch', keyId, '1'))).toMatchObject({ count: 1 });
    expect(parseReceipt(utf8(text(await peer.call('Receipts:receipt', keyId, '1'))))).toMatchObject({
      sequence: 1,
    });
    expect(json(await peer.call('Receipts:receipt', keyId, '2'))).toMatchObject({ code: 'HL-3018' });
  });

  it('answer a refused call with its code, details and offences as canonical JSON, and write nothing', async () => {
    settle();
    const stranger = trade.world.signer('stranger');
    const event = trade.event({ type: 'withdraw', item: stranger.item('x').item, data: {} });
    const answer = await peer.call('Record:record', packGroup([stranger.batch([event])]));
    expect(answer.status).toBe(500);
    expect(json(answer)).toMatchObject({
      code: 'HL-3013',
      offences: [{ index: 0, code: 'HL-3001', sequence: 1 }],
    });
    expect(json(await peer.call('Record:record', Uint8Array.of(0xff, 0xfe)))).toMatchObject({
      code: 'HL-1024',
    });
    expect(json(await peer.as('RecyclingMSP', 'auditor').call('Record:record', 'x'))).toMatchObject({
      code: 'HL-3015',
    });
    expect(peer.writes).toEqual([]);
  });

  it('refuse a transaction whose time is more than five minutes off', async () => {
    for (const off of [-WINDOW - 2, WINDOW + 2, 600]) {
      peer.off = off;
      expect(json(await peer.call('State:ledger')), `${off} s`).toMatchObject({ code: 'HL-3011' });
    }
    peer.off = WINDOW - 5;
    expect((await peer.call('State:ledger')).status).toBe(200);
  });

  it('are called by their full names only, so that who reads the blocks knows what was called', async () => {
    settle();
    const group = packGroup([
      trade.oversight.batch([trade.event({ type: 'ruleset.propose', data: { number: 1 } })]),
    ]);
    for (const name of ['record', 'Record:record:', ':record', 'Record::record', 'record:record']) {
      const { status } = await peer.call(name, group);
      expect(status, name).toBe(500);
    }
    expect(peer.writes).toEqual([]);
    expect((await peer.call('Record:record', group)).status).toBe(200);
  });

  it('page through the world state', async () => {
    settle();
    const rows: [string, Row][] = [];
    for (let start = ''; ;) {
      const page = json(await peer.call('State:page', start, '2')) as {
        rows: [string, Row][];
        bookmark: string;
      };
      rows.push(...page.rows);
      if (page.bookmark === '') break;
      start = page.bookmark;
    }
    expect(rows).toEqual([...trade.world.rows].sort(([a], [b]) => (a < b ? -1 : 1)));
    for (const size of ['0', '1001', 'x'])
      expect(json(await peer.call('State:page', '', size))).toMatchObject({ code: 'HL-4001' });
  });

  it('answer null where there is no row', async () => {
    for (const [name, ...args] of [
      ['Participants:get', '91440300708461136T'],
      ['Rules:get', 'massTolerance', 'CN', '1'],
      ['Rules:active'],
      ['Lanes:fork', 'x', '1'],
    ] as const)
      expect(text(await peer.call(name, ...args)), name).toBe('null');
    expect(rowKey.activeRuleset).toBe('ruleset/active');
  });
});

describe('the clock', () => {
  it('admits a time within five minutes of it, and says by how much another one is off', () => {
    const now = 1_751_342_400;
    for (const off of [0, WINDOW, -WINDOW]) expect(() => checkTime(now + off, now)).not.toThrow();
    expect(() => checkTime(now + WINDOW + 1, now)).toThrow(
      expect.objectContaining({ code: 'HL-3011', details: { seconds: 301 } }),
    );
    expect(() => checkTime(now - WINDOW - 1, now)).toThrow(
      expect.objectContaining({ code: 'HL-3011', details: { seconds: -301 } }),
    );
  });
});
