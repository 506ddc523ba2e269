import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './served.js';
import { mongoKind, sqliteKind } from './sites.js';
import { TradeStory } from './trade-story.js';

// The ledger is one and the same: what a gateway answers must not depend on where it keeps its read model.
const story = new TradeStory();
const car = story.damage();
const { product, core } = story.sale();
const third = story.capacity();
const oil = story.storage();
const packed = story.pallet();
const lamp = story.refusals();
const stolen = story.stolen();
const ledger = story.seal();
const { insurer, otherInsurer, shop, factory, plant, owner, police } = story;
const oversight = story.trade.oversight;

/** What each store answered, by reader and path. */
const answered: Map<string, unknown>[] = [];

interface Page {
  readonly next?: string;
  readonly [name: string]: unknown;
}

describe.each([sqliteKind(), mongoKind()])('A gateway whose read model is in $name', (kind) => {
  const answers = new Map<string, unknown>();
  let served: Served;

  beforeAll(async () => {
    await kind.start();
    answered.push(answers);
    served = await serve(ledger, kind.site());
  }, 300_000);
  afterAll(async () => {
    await served.stop();
    await kind.dispose();
  });

  async function ask<T = Page>(path: string, reader: Signer = oversight, status = 200): Promise<T> {
    const token = await served.client.token(reader);
    const answer = await served.client.get(path, token);
    expect(answer.status, answer.text).toBe(status);
    const { requestId: _own, ...body } = answer.body as unknown as Record<string, unknown>;
    answers.set(`${reader.name} ${path}`, body);
    return answer.body as unknown as T;
  }

  /** All records of a list, by pages of two. */
  async function all<T>(path: string, name: string, reader: Signer = oversight): Promise<T[]> {
    const found: T[] = [];
    const asking = `${path}${path.includes('?') ? '&' : '?'}limit=2`;
    for (let cursor: string | undefined; ;) {
      const page = await ask(
        cursor === undefined ? asking : `${asking}&cursor=${encodeURIComponent(cursor)}`,
        reader,
      );
      found.push(...(page[name] as T[]));
      cursor = page.next;
      if (cursor === undefined) return found;
    }
  }

  it('lists the losses of a car, with claims, lines and payments', async () => {
    const losses = await all<{ loss: string }>(`/v1/losses/${car}`, 'losses', insurer.signer);
    expect(losses.map(({ loss }) => loss)).toEqual(['L1', 'L2']);
    expect(await ask(`/v1/losses/${car}/L1`, otherInsurer.signer)).toMatchObject({
      claims: [{ claim: 'X-1' }, { claim: 'Y-1', insurer: otherInsurer.creditCode }],
      lines: [{ covers: [{ claim: 0, paid: true }, { claim: 1 }] }, { covers: [{ claim: 0 }, { claim: 1 }] }],
    });
    await ask(`/v1/losses/${car}`, plant.signer, 403);
  });

  it('shows who reported damage of a car, and is no party of it, that loss and nothing else', async () => {
    expect(await all(`/v1/losses/${car}`, 'losses', owner.signer)).toMatchObject([{ loss: 'L2' }]);
    await ask(`/v1/losses/${car}/L2`, owner.signer);
    await ask(`/v1/losses/${car}/L1`, owner.signer, 403);
    for (const reader of [owner, insurer, otherInsurer]) {
      for (const part of ['', '/history', '/genealogy', '/clocks'])
        await ask(`/v1/items/${car}${part}`, reader.signer, 403);
      expect(await all('/v1/items', 'items', reader.signer)).toEqual([]);
    }
  });

  it('tells who claims under a loss of each step of it, and nobody who only reported another', async () => {
    const claim = `/v1/events/${otherInsurer.signer.keyId}.1.0`;
    expect(await ask(claim, insurer.signer)).toMatchObject({ event: { type: 'claimLines' } });
    await ask(claim, owner.signer, 403);
    await ask(`/v1/events/${owner.signer.keyId}.1.0`, insurer.signer, 403);
  });

  it('lists sales for an old part, of one seller and of all', async () => {
    for (const sales of [
      await all(`/v1/entitlements`, 'sales', shop.signer),
      await all(`/v1/entitlements?seller=${shop.creditCode}`, 'sales'),
    ])
      expect(sales).toMatchObject([{ seller: shop.creditCode, sale: 'S-1', line: 1, product, core }]);
    expect(await all('/v1/entitlements', 'sales', factory.signer)).toEqual([]);
    expect(await ask(`/v1/entitlements/${shop.creditCode}/S-1/1`, factory.signer)).toMatchObject({ core });
  });

  it('lists the versions of rule tables, and not the list of them, which is asked for by its number', async () => {
    const rules = await all<{ name: string; version: number }>('/v1/rules', 'rules');
    expect(rules.map(({ version }) => version)).not.toContain(0);
    const names = [...new Set(rules.map(({ name }) => name))];
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      expect(await all(`/v1/rules/${name}`, 'rules')).toEqual(rules.filter((rule) => rule.name === name));
      expect(await ask(`/v1/rules/${name}/CN/0`)).toMatchObject({
        version: 0,
        table: { v1: expect.anything() },
      });
    }
  });

  it('finds findings by kind, item, party and status, and keeps earlier decisions', async () => {
    const kinds = async (query: string, reader = oversight): Promise<string[]> =>
      (await all<{ kind: string }>(`/v1/findings${query}`, 'findings', reader)).map((found) => found.kind);
    expect(await kinds('')).toEqual([
      'heldItem',
      'suspectedStolen',
      'storageExceeded',
      'storageNear',
      'capacityExceeded',
    ]);
    expect(await kinds(`?item=${stolen}`)).toEqual(['heldItem', 'suspectedStolen']);
    expect(await kinds(`?item=${third}&status=decided`)).toEqual(['capacityExceeded']);
    expect(await kinds('?status=open')).toEqual([
      'heldItem',
      'suspectedStolen',
      'storageExceeded',
      'storageNear',
    ]);
    expect(await kinds(`?item=${oil}`, plant.signer)).toEqual(['storageExceeded']);
    expect(await kinds(`?party=${plant.creditCode}&kind=capacityExceeded`)).toEqual(['capacityExceeded']);
    expect(await kinds('?kind=capacityExceeded&status=decided')).toEqual(['capacityExceeded']);
    expect(await kinds('', shop.signer)).toEqual([]);
    const [found] = await all<{ id: string }>('/v1/findings?kind=capacityExceeded', 'findings');
    expect(await ask(`/v1/findings/${found!.id}`)).toMatchObject({
      items: [third],
      evidence: { capacity: 2, count: 3 },
      decision: { outcome: 'mistake', reason: 'licenceExtended' },
      earlier: [{ outcome: 'irregular', reason: 'aboveLicence' }],
    });
  });

  it('lists what is in store, of one party and of all', async () => {
    const stock = { party: plant.creditCode, category: 'WasteOil', grams: 1_001_000, level: 'exceeded' };
    const iron = { party: plant.creditCode, category: 'iron', grams: 7_000, level: 'below' };
    for (const [query, reader] of [
      ['', plant.signer],
      [`?party=${plant.creditCode}`, oversight],
    ] as const)
      expect(await all(`/v1/stocks${query}`, 'stocks', reader)).toEqual([iron, stock]);
    expect(await all('/v1/stocks', 'stocks')).toEqual(expect.arrayContaining([iron, stock]));
    expect(await all(`/v1/stocks?party=${plant.creditCode}`, 'stocks', shop.signer)).toEqual([]);
  });

  it('lists what lies in a pallet, a box and then what is in it', async () => {
    const contents = await all<{ item: string; depth: number }>(
      `/v1/items/${packed.pallet}/contents`,
      'contents',
      shop.signer,
    );
    expect(contents).toHaveLength(3 + 7);
    expect(
      contents
        .filter(({ depth }) => depth === 1)
        .map(({ item }) => item)
        .sort(),
    ).toEqual(packed.boxes.toSorted());
    expect(contents.map(({ item }) => item)).not.toContain(packed.missing);
  });

  it('lists what is in transit, and what is lost by the term that one asks with', async () => {
    const both = [
      { item: packed.missing, reason: 'missing' },
      { item: packed.damaged, reason: 'damaged' },
    ];
    const lists = ['/v1/in-transit?days=7', `/v1/in-transit?party=${plant.creditCode}`];
    for (const list of lists) {
      const found = await all<{ item: string }>(list, 'items');
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining(both.map((each) => expect.objectContaining(each) as unknown)),
      );
    }
    expect(await all('/v1/in-transit?days=7', 'items', plant.signer)).toMatchObject([
      { lost: true },
      { lost: true },
    ]);
    expect(await all('/v1/in-transit?side=expected', 'items', shop.signer)).toHaveLength(2);
    expect(await all('/v1/clocks?status=overdue&timeLimit=handover', 'clocks')).toMatchObject([
      { item: packed.missing, party: plant.creditCode, state: 'overdue' },
    ]);
  });

  it('groups refusals by what is at the bottom of them', async () => {
    const [work, ...others] = await all<{ id: string }>('/v1/work-items', 'work', shop.signer);
    expect(others).toEqual([]);
    expect(work).toMatchObject({
      party: shop.creditCode,
      item: lamp,
      refusals: 2,
      correction: { effect: 'takenBack' },
    });
    expect(await ask(`/v1/work-items/${work!.id}`)).toMatchObject({ id: work!.id });
    const refusals = await all(`/v1/work-items/${work!.id}/refusals`, 'refusals', shop.signer);
    expect(refusals).toMatchObject([{ class: 'open' }, { class: 'attempt' }]);
    expect(await all('/v1/refusals?class=attempt', 'refusals')).toHaveLength(1);
    expect(await all(`/v1/refusals?signer=${plant.creditCode}`, 'refusals')).toHaveLength(1);
  });

  it('tells the timeline of a car to each role what it may see', async () => {
    const path = `/v1/items/${car}/timeline`;
    const steps = async (reader: Signer): Promise<string[]> =>
      (await all<{ what: string }>(path, 'entries', reader)).map(({ what }) => what);
    const whole = await steps(oversight);
    expect(whole).toHaveLength(10);
    expect(await steps(police.signer)).toEqual(whole);
    expect(await steps(shop.signer)).toEqual(whole);
    for (const { signer } of [insurer, otherInsurer])
      expect(await steps(signer)).toEqual([
        ...['reportDamage', 'claimLines', 'approveLines', 'claimLines', 'payLines', 'returnToUse'],
      ]);
    expect(await steps(owner.signer)).toEqual(['reportDamage', 'correct']);
    await ask(`/v1/vehicles/LSVAM4186C2123456/timeline`, insurer.signer);
    await ask(path, plant.signer, 403);
    for (const reader of [shop.signer, factory.signer])
      await all(`/v1/items/${product}/timeline`, 'entries', reader);
  });

  it('shows items, their histories, their origin and what they became', async () => {
    for (const item of [car, product, core, third, lamp, stolen, packed.pallet, packed.missing]) {
      await ask(`/v1/items/${item}`);
      for (const [part, name] of [
        ['history', 'events'],
        ['clocks', 'clocks'],
      ] as const)
        expect(await all(`/v1/items/${item}/${part}`, name)).not.toBe(undefined);
      await ask(`/v1/items/${item}/genealogy`);
    }
    for (const query of ['', '?kind=part', '?state=inspected', '?kind=vehicle&state=certificateIssued'])
      await all(`/v1/items${query}`, 'items');
    await all('/v1/items', 'items', shop.signer);
    for (const status of ['due', 'overdue', 'met', 'late', 'unknown'])
      await all(`/v1/clocks?status=${status}`, 'clocks');
  });

  it('shows the whole of its read model', async () => {
    for (const name of ['rows', 'batches', 'links', 'findings', 'clocks'])
      expect((await ask(`/v1/read-model/${name}?limit=1000`))[name]).not.toEqual([]);
    await ask('/v1/read-model/digest');
  });
});

it('The same is answered from both stores', () => {
  const [one, other] = answered;
  expect(one?.size).toBeGreaterThan(100);
  expect([...(other?.keys() ?? [])]).toEqual([...(one?.keys() ?? [])]);
  for (const [asked, answer] of one ?? []) expect(other?.get(asked), asked).toEqual(answer);
});
