import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { creditCodeCheck } from '@huilian/core';
import { readConfig, startGateway, type Gateway } from '@huilian/gateway-api';
import { makeLabelPhoto } from '@huilian/trial';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from '../../verify/trial-network.js';
import { huilian, type Ran } from '../terminal.js';

const code = (body: string): string => body + creditCodeCheck(body);
export const plant = code('91330100MA27ABCD0');
export const shop = code('91440300MA5FEDCB1');
/** Where no gateway answers. */
export const dead = 'http://127.0.0.1:9';

// One network with two gateways, and a device, for all chapters of the file that imports this.
let network: TrialNetwork;
let home: string;
export let device: string;
let first: Gateway;
let second: Gateway;
export let urls: readonly [string, string];

/** Runs huilian with a key of the device. */
export function as(key: string, ...args: string[]): Promise<Ran> {
  return huilian(
    { HUILIAN_HOME: home, HUILIAN_DEVICE_HOME: device, HUILIAN_KEY: key, HUILIAN_GATEWAY: urls.join(',') },
    ...args,
  );
}

/** The same, and it must end well. @returns the lines of JSON */
export async function done(key: string, ...args: string[]): Promise<Ran['lines']> {
  const ran = await as(key, ...args, '--json');
  expect(ran, ran.stderr).toMatchObject({ exit: 0 });
  return ran.lines;
}

/** Starts a further gateway of the network that keeps its read model in a directory of this name, and waits until it is ready. */
export async function gatewayOn(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const gateway = await startGateway(
    readConfig({
      HUILIAN_HOME: home,
      PORT: '0',
      LOG_LEVEL: 'silent',
      READ_MODEL_DIRECTORY: join(home, directory),
      ...settings,
    }),
  );
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${gateway.port}/readyz`)).status).toBe(200),
    { timeout: 20_000, interval: 50 },
  );
  return gateway;
}

/** Makes a key and lets an administrator register it. */
export async function keyFor(owner: string, name: string, administrator: string): Promise<void> {
  await done(name, 'key', 'init', name, '--owner', owner);
  await done(administrator, 'key', 'register', await requestOf(name));
}

/** The request for the registration of a key. @returns its file */
export async function requestOf(name: string): Promise<string> {
  const file = join(device, `${name}.request.json`);
  writeFileSync(file, JSON.stringify((await done(name, 'key', 'request', name))[0]));
  return file;
}

/** A photograph of a label. @returns its file */
export async function photo(name: string, text: string, seed: number): Promise<string> {
  const file = join(device, `${name}.png`);
  writeFileSync(file, await makeLabelPhoto(text, { seed }));
  return file;
}

beforeAll(async () => {
  network = await startTrialNetwork();
  home = resolve(dirname(network.description.genesisBlock), '..', '..');
  device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
  [first, second] = await Promise.all([gatewayOn('gateway-1'), gatewayOn('gateway-2')]);
  urls = [`http://127.0.0.1:${first.port}`, `http://127.0.0.1:${second.port}`];
});
afterAll(async () => {
  await Promise.all([first, second].map((gateway) => gateway.stop()));
  await network.stop();
  rmSync(device, { recursive: true });
});
