import { join } from 'node:path';
import { canonicalText, rowKey } from '@huilian/core';
import { blocksOfPeer, readModelOfGateway, verifyLedger, type LedgerReport } from '@huilian/verifier';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes, startWorld, type Client, type World } from '../gateway/world.js';
import { alterDocument, storedDocument, type Fields } from './altered-document.js';
import { playEachView } from './each-view.js';

let world: World;
let gateway: Client;
let token: string;
let database: Database.Database;
let blocks: Uint8Array[];
/** Items of the history. */
let car: string;
let engine: string;
let host: string;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
  ({ car, engine, host } = await playEachView(world, gateway));
  token = await gateway.token(world.oversightOffice);
  const connection = await world.network.connect('OversightMSP', 'auditor');
  blocks = [];
  for await (const block of blocksOfPeer(connection)) blocks.push(block);
  await gateway.get(`/v1/rulesets/active?minBlock=${blocks.length - 1}`);
  database = new Database(join(world.home, 'gateway-0', 'read-model.sqlite'));
});
afterAll(async () => {
  database.close();
  await world.stop();
});

describe('A read model that a projector filled', () => {
  it('holds what the blocks say, all of it', async () => {
    const report = await verify();
    expect(report.firstDifference).toBeUndefined();
    const { batches, events, rows } = report;
    expect(report).toMatchObject({
      ok: true,
      readModelRows: rows,
      readModelBatches: batches,
      readModelEvents: events,
      readModelLinks: 4,
      readModelFindings: 2,
    });
    const { count } = database.prepare('SELECT count(*) AS count FROM "clock"').get() as { count: number };
    expect(report.readModelClocks).toBe(count);
    expect(count).toBeGreaterThan(2);
  });

  it('is asked for its time limits only where it is compared at all', async () => {
    const report = await verifyLedger({ source: blocks, trust: world.network.trust });
    expect(report).toMatchObject({ ok: true });
    expect(report.readModelClocks).toBeUndefined();
  });

  it('shows its rows as the peer shows them, in the same order', async () => {
    const shown = (await pages('/v1/read-model/rows?limit=7')).map(([key, row]) => [key, row]);
    expect(shown).toEqual(await pages('/v1/state?limit=7'));
    expect(shown.length).toBeGreaterThan(30);
  });

  it('shows the links of one item on one page', async () => {
    const { body } = await gateway.get('/v1/read-model/links?limit=2', token);
    const { links, next } = body as unknown as { links: { child: string }[]; next: string };
    const rest = await gateway.get(`/v1/read-model/links?limit=2&cursor=${encodeURIComponent(next)}`, token);
    const others = (rest.body as unknown as { links: { child: string }[] }).links;
    expect([...links, ...others].filter(({ child }) => child === engine)).toHaveLength(2);
    expect(links.map(({ child }) => child)).not.toContain(others[0]?.child);
  });

  it('may be ahead of the blocks by what was committed meanwhile', async () => {
    const report = await verify((after) => blocks.slice(after + 1), blocks.slice(0, -2));
    expect(report).toMatchObject({ ok: true, blocks: blocks.length });
  });

  it('is not called wrong for what the source of blocks does not have yet', async () => {
    const { firstDifference } = await verify(undefined, blocks.slice(0, -2));
    expect(firstDifference).toMatchObject({ code: 'HL-6037' });
  });
});

/**
 * A document of each view that a gateway shows, what somebody makes of it, and the member that the verifier must name. Of a
 * row and of a header the members that are not told stay.
 */
const altered: readonly (readonly [view: string, member: string, key: () => string, change: Fields])[] = [
  ['batch', 'time', firstBatch, { row: { time: 1 } }],
  ['batch', 'foundBy', firstBatch, { keyId: 'x' }],
  ['batch', 'header', firstBatch, { header: { time: 1 } }],
  ['batch', 'bytes', firstBatch, { seed: Buffer.alloc(16).toString('base64url') }],
  ['batch', 'readable', firstBatch, { seed: 'no seed' }],
  ['batch', 'signature', firstBatch, { signature: Buffer.alloc(64).toString('base64url') }],
  ['batch', 'position', firstBatch, { position: '0000000001.00000.00000' }],
  ['fork', 'time', () => `${world.shop.keyId}/0000000004`, { row: { time: 1 } }],
  ['item', 'custodian', () => car, { row: { custodian: codes.shop } }],
  ['item', 'foundBy', () => car, { custodian: codes.shop }],
  ['item', 'count', () => car, { row: { count: 0.5 } }],
  ['key', 'owner', () => world.plant.keyId, { row: { owner: codes.shop } }],
  ['key', 'foundBy', () => world.plant.keyId, { owner: codes.shop }],
  ['lane', 'refused', () => world.shop.keyId, { row: { refused: 99 } }],
  ['meta', 'id', () => 'ledger', { row: { id: '0'.repeat(64) } }],
  ['participant', 'status', () => codes.plant, { row: { status: 'suspended' } }],
  ['ruleTable', 'from', () => 'massTolerance/CN/0001', { row: { from: 5 } }],
  ['ruleset', 'number', () => 'active', { row: { number: 2 } }],
  ['tag', 'item', () => 'serial/CAR-1', { row: { item: 'hl1other' } }],
  ['itemEvent', 'bytes', carEvent, { bytes: canonicalText({ type: 'dispose' }) }],
  ['itemEvent', 'verdict', carEvent, { verdict: 'HL-2001' }],
  ['itemEvent', 'notice', carEvent, { notice: 'HL-2081' }],
  ['itemEvent', 'item', carEvent, { item: 'hl1other' }],
  ['itemEvent', 'verdict', mention, { verdict: 'HL-2001' }],
  ['batchEvents', 'time', carEvent, { time: 1 }],
  ['batchEvents', 'transaction', carEvent, { transaction: '0'.repeat(64) }],
  ['batchEvents', 'signer', carEvent, { signer: codes.shop }],
  ['itemLink', 'dismantledFrom', () => `${engine}/dismantledFrom/${car}`, { parent: 'hl1other' }],
  ['itemLink', 'fittedInto', () => `${engine}/fittedInto/${host}`, { current: false, until: '1' }],
  ['finding', 'party', stolen, { party: codes.shop }],
  ['finding', 'status', stolen, { status: 'decided' }],
  ['finding', 'evidence', tooMuch, { evidence: { category: 'iron', grams: 400_001, limit: 400_000 } }],
  ['clock', 'status', runningClock, { status: 'void' }],
  ['clock', 'dueAt', runningClock, { dueAt: 4_000_000_000 }],
  ['clock', 'status', endedClock, { status: 'late' }],
  ['clock', 'party', endedClock, { party: codes.shop }],
  ['clock', 'stopped', endedClock, { stopped: 1 }],
];

describe('One document that somebody altered is named', () => {
  it.each(altered)('in the view %s, member %s', async (view, member, keyOf, change) => {
    const key = keyOf();
    const before = documentOf(view, key);
    const after = { ...before, ...change };
    for (const name of ['row', 'header'])
      if (change[name] !== undefined)
        after[name] = { ...(before[name] as Fields), ...(change[name] as Fields) };
    const { firstDifference } = await verifyWith(view, key, after);
    expect(firstDifference).toMatchObject({ code: 'HL-6035' });
    expect(firstDifference?.expected).not.toBe(firstDifference?.found);
    if (member !== 'readable') expect(firstDifference?.evidence).toMatchObject({ member });
  });
});

describe('What is missing or too much is named', () => {
  it.each([
    ['tag', () => 'serial/CAR-1', 'row tag/serial/CAR-1'],
    ['batch', firstBatch, 'row recorded/'],
    ['itemEvent', carEvent, 'event'],
    ['itemEvent', mention, 'event'],
    ['batchEvents', carEvent, 'recorded/'],
    ['itemLink', () => `${engine}/dismantledFrom/${car}`, 'links of item/'],
    ['finding', stolen, 'finding finding/suspectedStolen'],
    ['clock', runningClock, 'clock clock/hl1'],
    ['clock', endedClock, 'clock clock/hl1'],
  ])('when a document of the view %s is deleted', async (view, keyOf, what) => {
    const { firstDifference } = await verifyWith(view, keyOf(), undefined);
    expect(firstDifference).toMatchObject({
      code: 'HL-6035',
      what: expect.stringContaining(what) as string,
    });
  });

  it('when all events of the last batch are deleted', async () => {
    const last = database.prepare('SELECT "#key" AS key FROM "itemEvent" ORDER BY "#key" DESC LIMIT 1').get();
    const { key } = last as { key: string };
    const { keyId, sequence } = documentOf('batchEvents', key) as { keyId: string; sequence: number };
    const { firstDifference } = await verifyWith('itemEvent', key, undefined);
    expect(firstDifference).toMatchObject({ code: 'HL-6035', what: rowKey.batch(keyId, sequence) });
  });

  it('when an event was put in that nobody signed', async () => {
    const forged = { ...documentOf('itemEvent', carEvent()), id: '0000000003.00000.00900' };
    const { firstDifference } = await verifyWith('itemEvent', forged.id, forged);
    expect(firstDifference).toMatchObject({ code: 'HL-6035' });
  });

  it('when a time limit was put in that nothing started', async () => {
    const key = runningClock();
    const id = `${key.slice(0, key.indexOf('/'))}/handover/AAAAAAAA`;
    const { firstDifference } = await verifyWith('clock', id, { ...documentOf('clock', key), id });
    expect(firstDifference).toMatchObject({ code: 'HL-6035', what: `clock clock/${id}`, expected: 'no row' });
  });

  it('when a link was put in', async () => {
    const [child, relation, parent] = [host, 'dismantledFrom', car];
    const id = `${child}/${relation}/${parent}`;
    const link = { ...documentOf('itemLink', `${engine}/${relation}/${car}`), id, child };
    const { firstDifference } = await verifyWith('itemLink', id, link);
    expect(firstDifference).toMatchObject({
      code: 'HL-6035',
      what: `links of item/${host}`,
      expected: 'no row',
    });
  });
});

function firstBatch(): string {
  return `${world.plant.keyId}/0000000001`;
}

/** The finding that the car may be stolen. */
function stolen(): string {
  return findingOf('suspectedStolen');
}

/** The finding that the iron of the car is too much. */
function tooMuch(): string {
  return findingOf('storageExceeded');
}

function findingOf(kind: string): string {
  const statement = database.prepare('SELECT "#key" AS key FROM "finding" WHERE "kind" = ?');
  return (statement.get(kind) as { key: string }).key;
}

/** A time limit that runs, and one that was met. */
function runningClock(): string {
  return clockThat('running');
}

function endedClock(): string {
  return clockThat('met');
}

function clockThat(status: string): string {
  const statement = database.prepare('SELECT "#key" AS key FROM "clock" WHERE "status" = ? ORDER BY "#key"');
  return (statement.get(status) as { key: string }).key;
}

/** The event that took the car in, the first of its batch. */
function carEvent(): string {
  return found(`"item" = ? AND json_extract("#document", '$.type') = 'register'`, car);
}

/** The dismantling of the car, as it is mentioned under its engine. */
function mention(): string {
  return found(`"#key" LIKE '%/' || ?`, engine);
}

function found(condition: string, value: string): string {
  const statement = database.prepare(`SELECT "#key" AS key FROM "itemEvent" WHERE ${condition} LIMIT 1`);
  return (statement.get(value) as { key: string }).key;
}

function documentOf(view: string, key: string): Fields {
  return storedDocument(database, view, key);
}

/** Verifies while a document is another one, is not there, or is there although it should not be. */
async function verifyWith(view: string, key: string, document: Fields | undefined): Promise<LedgerReport> {
  const putBack = alterDocument(database, view, key, document);
  try {
    return await verify();
  } finally {
    putBack();
  }
}

function verify(
  laterBlocks?: (after: number) => Uint8Array[],
  source: Uint8Array[] = blocks,
): Promise<LedgerReport> {
  const readModel = readModelOfGateway(async (path) => {
    const { status, body, text } = await gateway.get(path, token);
    if (status !== 200) throw new Error(text);
    return body;
  });
  const later = laterBlocks === undefined ? {} : { laterBlocks };
  return verifyLedger({ source, trust: world.network.trust, readModel, ...later });
}

async function pages(first: string): Promise<(readonly [key: string, row: unknown])[]> {
  const rows: (readonly [string, unknown])[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const { body, headers } = await gateway.get(path, token);
    rows.push(...body.rows);
    path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  return rows;
}
