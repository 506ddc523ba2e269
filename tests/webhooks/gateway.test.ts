import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '@huilian/scanner-cli';
import {
  administrative,
  codes,
  freshSigner,
  itemEvent,
  keyEvent,
  registration,
  startWorld,
  type Client,
  type World,
} from '../gateway/world.js';
import { registeredKey } from '../scanner/device.js';
import { huilian } from '../scanner/terminal.js';
import { ask, type Shown } from './asked.js';
import { spawnGateway, type GatewayProcess } from './gateway-process.js';
import { tlsOfPeer } from './peer-tls.js';
import { Receiver, takes } from './receiver.js';
import { signedByPython } from './signed-by-python.js';

const patience = { timeout: 30_000, interval: 20 };
const aWhile = 500;
const settings = { WEBHOOK_LOOPBACK: 'true', WEBHOOK_RETRY_SECONDS: '0.1,0.1,0.2,0.5,1,2,60' };

let world: World;
let gateway: Client;
const receivers: Receiver[] = [];
const processes: ChildProcess[] = [];

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway(settings);
});
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
  await Promise.all(receivers.splice(0).map((receiver) => receiver.down().catch(() => undefined)));
});
afterAll(() => world.stop());

async function receiver(answer = takes): Promise<Receiver> {
  const started = await Receiver.start(answer);
  receivers.push(started);
  return started;
}

/** Registers a webhook. @returns it with its secret */
async function added(token: string, url: string, more: object = {}) {
  const { status, body } = await ask(gateway, token, 'POST', '/v1/webhooks', { url, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as Shown & { id: string; secret: string };
}

describe('a partner’s system', () => {
  it('is posted what its participant may see, and a stranger’s nothing', async () => {
    const [plants, strangers, auditors] = [await receiver(), await receiver(), await receiver()];
    const plantToken = await gateway.token(world.plant);
    const strangerToken = await gateway.person(`participant.${codes.stranger}`);
    await added(plantToken, plants.url);
    await added(strangerToken, strangers.url);
    await added(await gateway.person('auditor'), auditors.url);
    const { item, event } = registration(world.plant);
    await gateway.record(world.plant, [event, itemEvent(item, 'handover', { to: codes.shop })]);
    await gateway.record(world.shop, [itemEvent(item, 'accept', { from: codes.plant })]);
    await expect
      .poll(() => plants.received.map(({ type }) => type), patience)
      .toEqual(['event.accepted.register', 'event.accepted.handover', 'event.accepted.accept']);
    await expect.poll(() => auditors.received.length, patience).toBe(3);
    // What is posted is what the interface shows.
    const history = await ask(gateway, plantToken, 'GET', `/v1/items/${item}/history`);
    expect(plants.received.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)).toEqual(
      history.body.events,
    );
    await new Promise((resolve) => setTimeout(resolve, aWhile));
    expect(strangers.received).toEqual([]);
  });

  it('checks the signature with nothing but Python', async () => {
    const there = await receiver();
    const token = await gateway.token(world.plant);
    const { id, secret } = await added(token, there.url);
    const tried = await ask(gateway, token, 'POST', `/v1/webhooks/${id}/test`);
    expect(tried.body).toMatchObject({ delivered: true, status: 204 });
    const [received] = there.received;
    const ran = signedByPython({ ...received, secret });
    expect(ran.stdout, ran.stderr).toBe(received?.signatures[0]);
  });

  it('gets nothing from the block on in which the key that registered it ends', async () => {
    const there = await receiver();
    const service = freshSigner(world.network.trust.ledger);
    await gateway.record(world.recyclingOffice, [keyEvent(codes.plant, service)]);
    const token = await gateway.token(service);
    const { id } = await added(token, there.url);
    await gateway.record(world.plant, [registration(world.plant).event]);
    await expect.poll(() => there.received.length, patience).toBe(1);
    const end = administrative('key.revoke', { keyId: service.keyId, lastSequence: 0, reason: 'lost' });
    expect(await gateway.record(world.recyclingOffice, [end])).toEqual(['accepted']);
    await gateway.record(world.plant, [registration(world.plant).event]);
    const plantToken = await gateway.token(world.plant);
    await expect
      .poll(
        async () => (await ask(gateway, plantToken, 'GET', `/v1/webhooks/${id}`)).body as unknown,
        patience,
      )
      .toMatchObject({ state: 'disabled', cause: 'HL-4083' });
    expect(there.received.map(({ type }) => type)).toEqual(['event.accepted.register']);
  });
});

describe('the interface', () => {
  it('asks for a token, and tells nobody of the webhooks of others', async () => {
    const there = await receiver();
    const [token, stranger] = [await gateway.token(world.shop), await gateway.token(world.stranger)];
    const { id, secret } = await added(token, `${there.url}/secret-path`);
    const path = `/v1/webhooks/${id}`;
    expect((await ask(gateway, undefined, 'GET', path)).body).toMatchObject({ code: 'HL-4010' });
    for (const [method, of] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/disable`],
      ['POST', `${path}/test`],
    ] as const)
      expect((await ask(gateway, stranger, method, of)).body).toMatchObject({ code: 'HL-4040' });
    expect((await ask(gateway, stranger, 'POST', `${path}/rotate`, {})).body.code).toBe('HL-4040');
    const { body: listed } = await ask(gateway, stranger, 'GET', '/v1/webhooks');
    expect((listed as { webhooks: { owner: string }[] }).webhooks.map(({ owner }) => owner)).toEqual([
      codes.stranger,
    ]);
    const own = await ask(gateway, token, 'GET', '/v1/webhooks');
    expect(own.body.webhooks).toMatchObject([{ id, url: `${there.url}/secret-path`, state: 'enabled' }]);
    expect(JSON.stringify(own.body)).not.toContain(secret);
    // Oversight sees where something is sent, not the path, which may hold a secret, and changes nothing.
    const auditor = await gateway.person('auditor');
    const seen = await ask(gateway, auditor, 'GET', path);
    expect(seen.body.url).toBe(new URL(there.url).origin);
    expect((await ask(gateway, auditor, 'DELETE', path)).body.code).toBe('HL-4072');
    expect((await ask(gateway, token, 'DELETE', path)).status).toBe(204);
    expect((await ask(gateway, token, 'GET', path)).status).toBe(404);
    expect((await ask(gateway, token, 'PUT', path)).headers.get('allow')).toBe('GET, HEAD, DELETE');
  });

  it('refuses addresses inside, unknown types and what is none of its fields, and says which', async () => {
    const token = await gateway.token(world.shop);
    const refused = async (wish: object): Promise<unknown> => {
      const { status, body } = await ask(gateway, token, 'POST', '/v1/webhooks', wish);
      const { code, errors } = body as { code: string; errors?: { pointer: string }[] };
      return [status, code, errors?.[0]?.pointer];
    };
    const url = 'https://receiver.example/';
    expect(await refused({ url: 'http://receiver.example/' })).toEqual([400, 'HL-4070', undefined]);
    expect(await refused({ url: 'https://169.254.169.254/' })).toEqual([400, 'HL-4070', undefined]);
    expect(await refused({})).toEqual([400, 'HL-4001', 'body/url']);
    expect(await refused({ url, eventTypes: ['handover'] })).toEqual([400, 'HL-4001', 'body/eventTypes/0']);
    expect(await refused({ url, items: ['hl1no'] })).toEqual([400, 'HL-4001', 'body/items/0']);
    expect(await refused({ url, after: 'now' })).toEqual([400, 'HL-4001', 'body/after']);
    expect(await refused({ url, more: 1 })).toEqual([400, 'HL-4001', 'body/']);
    const strict = await world.gateway({});
    const here = { url: (await receiver()).url };
    expect((await ask(strict, token, 'POST', '/v1/webhooks', here)).body.code).toBe('HL-4070');
  });

  it('says in its numbers what became of deliveries', async () => {
    const { text } = await gateway.get('/metrics');
    expect(text).toMatch(/huilian_webhook_deliveries_total\{outcome="delivered"\} [1-9]/);
    expect(text).toContain('huilian_webhook_lag_blocks{state="enabled"}');
  });
});

describe('a receiver with TLS', () => {
  it('is believed when the operator trusts who signed its certificate, else not', async () => {
    const { peer } = world.network.description.organisations[0]!;
    const files = tlsOfPeer(peer.tlsCa);
    let reached = 0;
    const server = createServer(files, (_request, response) => {
      reached += 1;
      response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      const token = await gateway.token(world.shop);
      const trusting = await world.gateway({ ...settings, WEBHOOK_CA_FILE: peer.tlsCa });
      for (const [client, delivered] of [
        [gateway, false],
        [trusting, true],
      ] as const) {
        const { body } = await ask(client, token, 'POST', '/v1/webhooks', { url });
        const tried = await ask(client, token, 'POST', `/v1/webhooks/${String(body.id)}/test`);
        expect(tried.body).toMatchObject(delivered ? { delivered } : { delivered, code: 'HL-4090' });
      }
      expect(reached).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

/** Starts the gateway as a process of its own. */
async function start(directory: string): Promise<GatewayProcess & { client: Client }> {
  const started = spawnGateway({ HUILIAN_HOME: world.home, READ_MODEL_DIRECTORY: directory, ...settings });
  processes.push(started.child);
  await expect.poll(started.address, patience).toBeDefined();
  const client = gateway.at(started.address() ?? '');
  await expect.poll(async () => (await client.get('/readyz')).status, patience).toBe(200);
  return { ...started, client };
}

describe('a gateway that is killed', () => {
  it('between delivery and storing the position delivers again, with the same id, and loses nothing', async () => {
    const directory = join(world.home, 'killed');
    const first = await start(directory);
    const there = await receiver();
    const token = await gateway.token(world.plant);
    const { body } = await ask(first.client, token, 'POST', '/v1/webhooks', { url: there.url });
    const ended = once(first.child, 'exit');
    there.answer = (response, _received, count) => {
      // The message is here and the gateway will never hear of it.
      if (count === 2) first.child.kill('SIGKILL');
      else response.writeHead(204).end();
    };
    for (let i = 0; i < 3; i += 1) await gateway.record(world.plant, [registration(world.plant).event]);
    await ended;
    expect(there.received).toHaveLength(2);
    await gateway.record(world.plant, [registration(world.plant).event]);
    await start(directory);
    await expect.poll(() => there.received.length, patience).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, aWhile));
    const [one, two, again, three, four] = there.ids;
    expect(again).toBe(two);
    expect(new Set([one, two, three, four]).size).toBe(4);
    expect(there.received).toHaveLength(5);
    // Neither the secret nor the address, whose path may be one, is in the log.
    expect(first.log()).not.toContain(String(body.secret));
    expect(first.log()).not.toContain(there.url);
  });
});

/** Members of what the command prints; each line has some of them. */
interface Printed {
  readonly id: string;
  readonly secret: string;
  readonly webhooks: readonly { readonly id: string }[];
}

describe('huilian webhook', () => {
  it('registers, shows, tries, rotates, switches, sends again and removes', async () => {
    const device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
    await registeredKey(world, gateway, { home: device, name: 'partner', owner: codes.plant });
    const env = {
      HUILIAN_HOME: world.home,
      HUILIAN_DEVICE_HOME: device,
      HUILIAN_KEY: 'partner',
      HUILIAN_GATEWAY: gateway.address,
    };
    const run = async (exit: number, ...args: string[]): Promise<Printed> => {
      const ran = await huilian(env, 'webhook', ...args, '--json');
      expect(ran, ran.stderr).toMatchObject({ exit });
      return ran.lines[0] as Printed;
    };
    const there = await receiver();
    const made = await run(0, 'add', there.url, '--event', 'event.accepted.register');
    expect(made.secret).toMatch(/^whsec_/);
    await gateway.record(world.plant, [registration(world.plant).event]);
    await expect.poll(() => there.received.length, patience).toBe(1);
    expect(await run(0, 'test', made.id)).toMatchObject({ delivered: true });
    there.answer = (response) => void response.writeHead(500).end();
    expect(await run(1, 'test', made.id)).toMatchObject({ delivered: false, code: 'HL-4092' });
    there.answer = takes;
    expect((await run(0, 'list')).webhooks.map(({ id }) => id)).toContain(made.id);
    expect(await run(0, 'show', made.id)).toMatchObject({ state: 'enabled' });
    expect((await run(0, 'rotate', made.id, '--keep-hours', '1')).secret).not.toBe(made.secret);
    expect(await run(0, 'disable', made.id)).toMatchObject({ state: 'disabled', cause: 'HL-4080' });
    expect(await run(0, 'enable', made.id)).toMatchObject({ state: 'enabled' });
    const [first] = there.received;
    const position = first?.position ?? '';
    await run(0, 'resend', made.id, '--from', position, '--to', position);
    await expect.poll(() => there.ids.filter((id) => id === first?.id), patience).toHaveLength(2);
    await run(2, 'resend', made.id, '--from', 'yesterday', '--to', position);
    await run(2, 'show', 'wh_short');
    const shown = await huilian(env, 'webhook', 'show', made.id, '--lang', 'zh-CN');
    expect(shown.stdout).toMatch(/投递中/);
    await run(0, 'remove', made.id);
    await run(1, 'show', made.id);
    expect(commands.filter(({ name }) => name.startsWith('webhook '))).toHaveLength(9);
    rmSync(device, { recursive: true });
  });
});
