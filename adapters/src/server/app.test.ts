import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dismantler, Insurer, Partner } from '../clients/index.js';
import { RulesLedger } from '../testing/rules-ledger.js';
import { reportSchema } from './report.js';
import { startAdapter, type Adapter, type AdapterOptions } from './start.js';

const VIN = 'LSVAM4186C2123456';
let folder: string;
let ledger: RulesLedger;
let adapter: Adapter | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-adapter-'));
  const trade = new Trade();
  ledger = new RulesLedger(trade.world, trade.party('plant', ['dismantler']).signer);
});
afterEach(async () => {
  await adapter?.stop();
  adapter = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function started(options: Partial<AdapterOptions> = {}): Promise<string> {
  adapter = await startAdapter({
    system: 'scrappedVehicle',
    ledger,
    inbox: join(folder, 'inbox.db'),
    retries: { first: 50, longest: 100, giveUpAfter: 300 },
    ...options,
  });
  return `http://127.0.0.1:${adapter.port}`;
}

const coded = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('an adapter', () => {
  it('answers with the verdict when it is asked to wait, and without it when not', async () => {
    const address = await started();
    const waiting = new Dismantler(address);
    const said = await waiting.send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }, { id: 'a' });
    expect(said).toMatchObject({ id: 'a', state: 'settled', verdict: 'accepted' });
    expect(() => reportSchema.parse(said)).not.toThrow();
    const soon = await new Partner(address, { waitSeconds: 0 }).send('vehicleSurrendered', { vin: VIN });
    expect(soon.state).not.toBe('settled');
    await expect.poll(async () => (await waiting.report(soon.id)).verdict).toBe('accepted');
  });

  it('tells a refusal in the language of the sender', async () => {
    const partner = new Partner(await started(), { language: 'zh-CN' });
    await partner.send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    const said = await partner.send('hulkWeighed', {
      vin: VIN,
      massGrams: 1,
      lossGrams: 0,
      toleranceVersion: 1,
    });
    expect(said.verdict).toBe('refused');
    expect(said.events[0]?.what).toMatch(/\p{Script=Han}/u);
    await expect(partner.send('hulkWeighed', { vin: VIN })).rejects.toMatchObject({
      problem: { title: expect.stringMatching(/\p{Script=Han}/u) as string, code: 'HL-9202' },
    });
  });

  it('says of a message that does not fit what it does not know, too: a name may be misspelt', async () => {
    const partner = new Partner(await started());
    const data = { vehicleIdentification: VIN, vehicleType: 'sedan', phone: '13800000000' };
    await expect(partner.send('vehicleRegistered', data)).rejects.toMatchObject({
      problem: {
        code: 'HL-9202',
        errors: [{ pointer: '/data/vin', code: 'HL-9207' }],
        unknownFields: [
          { pointer: '/data/vehicleIdentification', found: `"${VIN}"` },
          { pointer: '/data/phone' },
        ],
      },
    });
  });

  it('puts a message aside that names what nobody registers, and tries it again when it is sent again', async () => {
    const partner = new Partner(await started(), { waitSeconds: 0 });
    const body = JSON.stringify({
      id: 'w',
      type: 'vehicleSurrendered',
      version: 1,
      time: '2025-07-01T00:00:00Z',
      data: { vin: VIN },
    });
    await partner.post(body);
    await expect.poll(async () => (await partner.report('w')).code, { timeout: 5_000 }).toBe('HL-9221');
    await partner.send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    await partner.post(body);
    await expect.poll(async () => (await partner.report('w')).verdict, { timeout: 5_000 }).toBe('accepted');
  });

  it('lists what came, by state', async () => {
    const address = await started();
    await new Insurer(address).send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }, { id: 'one' });
    const list = (await (await fetch(`${address}/v1/messages?state=settled`)).json()) as {
      messages: { id: string }[];
    };
    expect(list.messages.map(({ id }) => id)).toEqual(['one']);
    const none = (await (await fetch(`${address}/v1/messages?state=failed`)).json()) as {
      messages: unknown[];
    };
    expect(none.messages).toEqual([]);
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({
      system: 'scrappedVehicle',
      messages: { settled: 1 },
    });
  });

  it('says why nothing goes forward without a network, and goes on by itself', async () => {
    const address = await started();
    ledger.isOnline = false;
    const partner = new Partner(address, { waitSeconds: 0 });
    const { id } = await partner.send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    await expect.poll(async () => (await partner.report(id)).code).toBe('HL-7015');
    ledger.isOnline = true;
    await expect.poll(async () => (await partner.report(id)).verdict, { timeout: 5_000 }).toBe('accepted');
  });

  it('lets go of its inbox when it ends, and keeps others out before', async () => {
    const address = await started();
    await new Partner(address).send('vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }, { id: 'kept' });
    const options = { system: 'scrappedVehicle', ledger, inbox: join(folder, 'inbox.db') } as const;
    await expect(startAdapter(options)).rejects.toThrow(coded('HL-9230'));
    await adapter?.stop();
    expect(await new Partner(await started()).report('kept')).toMatchObject({ verdict: 'accepted' });
  });

  it('says when its address is taken, or which addresses it has', async () => {
    const address = await started();
    const taken = { port: Number(new URL(address).port), inbox: join(folder, 'other.db') };
    await expect(startAdapter({ system: 'scrappedVehicle', ledger, ...taken })).rejects.toThrow(
      coded('HL-9243'),
    );
    expect((await fetch(`${address}/v1/nothing`)).status).toBe(404);
  });
});

describe('who may send', () => {
  it('beyond this machine is only who has a token', async () => {
    await expect(started({ host: '0.0.0.0' })).rejects.toThrow(coded('HL-9240'));
    const address = await started({ host: '0.0.0.0', token: 'a-token-of-sixteen' });
    const send = (token?: string) =>
      new Partner(address, token === undefined ? {} : { token }).send('vehicleRegistered', {
        vin: VIN,
        vehicleType: 'sedan',
      });
    await expect(send()).rejects.toMatchObject({ status: 401, code: 'HL-9241' });
    await expect(send('another-token-of-x')).rejects.toMatchObject({ status: 401 });
    expect((await send('a-token-of-sixteen')).verdict).toBe('accepted');
  });

  it('on this machine is no page whose name was made to resolve to it', async () => {
    const address = new URL(await started());
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        { port: address.port, host: '127.0.0.1', path: '/v1/messages', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(421);
  });
});
