import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tagOf, type Tag } from '@huilian/core';
import { checkout } from '@huilian/network';
import { cast, makeLabelPhoto } from '@huilian/trial';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDocstore, type Docstore } from '../store/docstore.js';
import type { Device } from './device.js';
import { Stage, type GatewayProcess } from './stage.js';
import { linesOf } from './terminal.js';

/** A photograph that was not made here, and what it holds; it lies beside the checkout or not at all. */
const FRAME = 'LZWACAGA000000001';
const realPhotograph = join(checkout, '..', 'shared', 'data', 'qr-photos', 'qrcode-1', '1');

let stage: Stage;
let docstore: Docstore;
let plant: Device;
let auditor: Device;
const gateways: Partial<Record<'SQLite' | 'MongoDB', GatewayProcess>> = {};

beforeAll(async () => {
  [stage, docstore] = await Promise.all([Stage.start(), startDocstore()]);
  gateways.SQLite = await stage.gateway();
  gateways.MongoDB = await stage.gateway({ MONGODB_URI: `${docstore.uri}huilian_event` });
  plant = await stage.device('plant', cast.dismantler);
  auditor = await stage.device('auditor', cast.auditor);
});
afterAll(async () => {
  await stage.stop();
  await docstore.stop();
});

interface Intake {
  readonly item: string;
  readonly event: string;
  readonly status: string;
  readonly tags: readonly Tag[];
  readonly block: number;
}

/** Waits in the stream of events of a gateway until one about an item comes by. */
async function streamed(
  gateway: GatewayProcess,
  token: string,
  wanted: (event: string) => boolean,
): Promise<object> {
  const stop = new AbortController();
  const response = await fetch(`${gateway.client.address}/v1/events?after=0.0.0`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      const data = messages.map((message) => /^data:\s?(.*)$/m.exec(message)?.[1] ?? '');
      const found = data.find((each) => each !== '' && wanted(each));
      if (found !== undefined) return JSON.parse(found) as object;
    }
  } finally {
    stop.abort();
  }
  throw new Error('the stream ended');
}

describe.each(['SQLite', 'MongoDB'] as const)('the way of one event, with a read model in %s', (store) => {
  const serial = `WAY-${store.toUpperCase()}`;
  let gateway: GatewayProcess;
  let photo: string;
  let taken: Intake;

  beforeAll(async () => {
    gateway = gateways[store]!;
    photo = join(stage.home, `${serial}.png`);
    writeFileSync(photo, await makeLabelPhoto(`serial:${serial}`, { seed: 7 }));
  });

  beforeEach(() => {
    for (const device of [plant, auditor]) device.gateways = [gateway.client.address];
  });

  it('begins with a photograph of a label, whose content is read unaltered', async () => {
    expect(await plant.done('tag', 'read', photo)).toEqual([
      { file: photo, codes: [{ symbology: 'QRCode', text: `serial:${serial}` }] },
    ]);
  });

  it('is signed at intake, endorsed, committed, and comes back with its verdict', async () => {
    const intake = ['intake', photo, '--kind', 'vehicle', '--category', 'passengerCar', '--mass', '1240kg'];
    const [line] = await plant.done<Intake>(...intake);
    taken = line!;
    expect(line).toMatchObject({
      type: 'register',
      file: photo,
      tags: [{ scheme: 'serial', value: serial }],
      status: 'accepted',
      event: expect.stringMatching(`^${plant.keyId}\\.\\d+\\.0$`) as string,
      block: expect.any(Number) as number,
      transaction: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(await plant.waiting()).toEqual([]);
  });

  it('is shown by this read model: the item, found by its id, its tag and its photograph', async () => {
    await gateway.client.get(`/v1/rulesets/active?minBlock=${taken.block}`);
    const [shown] = await plant.done('item', 'show', taken.item);
    expect(shown).toMatchObject({
      item: taken.item,
      kind: 'vehicle',
      state: 'inUse',
      custodian: cast.dismantler.creditCode,
      massGrams: 1_240_000,
      count: 1,
    });
    expect(await plant.done('item', 'show', `serial:${serial}`)).toEqual([shown]);
    expect(await plant.done('item', 'show', `@${photo}`)).toEqual([shown]);
  });

  it('leads on: the scanner tells what may happen to the item next, and who may do it', async () => {
    const [next] = await plant.done<{ steps: { event: string; mine: boolean }[] }>(
      'item',
      'next',
      taken.item,
    );
    const steps = next!.steps;
    expect(steps).toContainEqual(expect.objectContaining({ event: 'surrender', mine: true, given: [] }));
    expect(steps).toContainEqual(expect.objectContaining({ event: 'reportDamage', mine: false }));
    expect(steps.map(({ event }) => event)).not.toContain('dismantle');
  });

  it('stands in the history of the item', async () => {
    const [traced] = await plant.done('item', 'trace', taken.item);
    expect(traced).toMatchObject({
      item: taken.item,
      trace: [{ item: taken.item, events: [{ id: taken.event, verdict: 'accepted', block: taken.block }] }],
    });
  });

  it('is in the public passport, for a program and for a phone, without a token and without a name', async () => {
    const passport = await gateway.client.get(`/p/${taken.item}`, undefined, { accept: 'application/json' });
    expect(passport.status).toBe(200);
    expect(passport.body).toMatchObject({
      item: taken.item,
      kind: 'vehicle',
      taggedWith: ['serial'],
      steps: [{ what: 'register', signedBy: 'device' }],
      evidence: { ledger: stage.network.ledger, eventCount: 1 },
    });
    for (const [language, word] of [
      ['zh-CN', '登记'],
      ['en', 'egistered'],
    ] as const) {
      const page = await gateway.client.get(`/p/${taken.item}`, undefined, {
        accept: 'text/html',
        'accept-language': language,
      });
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.text).toContain(`lang="${language}"`);
      expect(page.text).toContain(taken.item);
      expect(page.text).toContain(word);
      for (const secret of [serial, cast.dismantler.name, cast.dismantler.creditCode])
        expect(page.text).not.toContain(secret);
    }
    expect(passport.text).not.toContain(serial);
  });

  it('has a proof in a file that is checked without a network', async () => {
    const file = join(stage.home, `${serial}.proof.json`);
    await plant.done('proof', taken.event, '--out', file);
    const proof = readFileSync(file, 'utf8');
    // Nowhere: what follows needs no network.
    plant.gateways = ['http://127.0.0.1:9'];
    expect(await plant.done('verify', file)).toMatchObject([
      {
        ok: true,
        event: taken.event,
        verdict: 'accepted',
        organisations: expect.arrayContaining(['OversightMSP']) as unknown,
      },
    ]);
    writeFileSync(file, proof.replace('1240000', '1240001'));
    const forged = await plant.run('verify', file, '--json');
    expect(forged).toMatchObject({ exit: 6 });
    expect(linesOf(forged)).toMatchObject([{ ok: false, code: expect.stringMatching(/^HL-6/) as string }]);
  });

  it('is in the ledger that an auditor computes anew from its blocks', async () => {
    const [report] = await auditor.done<{ blocks: number }>('verify');
    expect(report).toMatchObject({ ok: true });
    expect(report?.blocks).toBeGreaterThan(taken.block);
  });

  it('comes by in the stream of events', async () => {
    const token = await plant.token(gateway.client.address);
    const message = await streamed(gateway, token, (data) => data.includes(`"${taken.event}"`));
    expect(message).toMatchObject({
      id: taken.event,
      verdict: 'accepted',
      block: taken.block,
      event: { item: taken.item },
    });
  });

  it.skipIf(!existsSync(`${realPhotograph}.png`))(
    'is the same for a photograph that somebody else took (skipped where none lies beside the checkout)',
    async () => {
      const content = readFileSync(`${realPhotograph}.txt`, 'utf8');
      const [read] = await plant.done<{ codes: { text: string }[] }>('tag', 'read', `${realPhotograph}.png`);
      const text = read?.codes[0]?.text ?? '';
      expect(text.trim()).toBe(content.trim());
      const [line] = await plant.done<Intake>(
        'intake',
        `${realPhotograph}.png`,
        '--kind',
        'vehicle',
        '--category',
        'passengerCar',
        // The photograph shows a label: what the vehicle is known by is its frame number.
        '--tag',
        `serial:${FRAME}`,
      );
      expect(line).toMatchObject({
        status: 'accepted',
        tags: [tagOf(text), { scheme: 'serial', value: FRAME }],
      });
      // The second store finds the label of the first: the item is contested, and named by its id.
      const item = line?.item ?? '';
      expect(await plant.done('item', 'show', item)).toMatchObject([
        { item, kind: 'vehicle', state: 'inUse' },
      ]);
    },
  );
});

it('leaves the same read model in both stores, and every batch on the ledger once', async () => {
  const height = (await stage.client.get('/v1/ledger')).body as { block: number };
  const digests = await Promise.all(
    Object.values(gateways).map(async ({ client }) => {
      await client.get(`/v1/rulesets/active?minBlock=${height.block}`);
      return (await client.get('/v1/read-model/digest', await client.person('auditor'))).body;
    }),
  );
  expect(digests[0]).toEqual(digests[1]);
  expect(new Set((await stage.timesRecorded()).values())).toEqual(new Set([1]));
});
