import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeKeyRequest } from '@huilian/core';
import { initKey } from '@huilian/scanner-cli';
import { expect } from 'vitest';
import { administrative, type Client, type World } from '../gateway/world.js';
import type { Signer } from '@huilian/core/testing';

const program = fileURLToPath(new URL('../../scanner-cli/bin/huilian.mjs', import.meta.url));

/** Where a partner runs his adapter: a folder with his service key, and the process. */
export class AdapterProcess {
  #child: ChildProcess | undefined;
  address = '';

  private constructor(
    private readonly system: string,
    private readonly home: string,
    private readonly gateway: string,
    private readonly more: Readonly<Record<string, string>>,
  ) {}

  /** Makes a service key in a folder, has it registered for an enterprise, and starts the adapter with it. */
  static async start(
    world: World,
    gateway: Client,
    partner: {
      system: string;
      home: string;
      owner: string;
      office: Signer;
      environment?: Readonly<Record<string, string>>;
    },
  ): Promise<AdapterProcess> {
    const { system, home, owner, office, environment = {} } = partner;
    const { trust } = world.network;
    const key = await initKey(home, system, owner, trust);
    const { publicKey, proof } = makeKeyRequest(trust.ledger, owner, key.key);
    const event = administrative('key.register', { owner, kind: 'service', publicKey, proof });
    expect(await gateway.record(office, [event])).toEqual(['accepted']);
    const adapter = new AdapterProcess(system, home, gateway.address, environment);
    await adapter.begin();
    return adapter;
  }

  /** Environment in which `huilian` works with the key of this partner. */
  get environment(): Record<string, string> {
    return {
      ...this.more,
      HUILIAN_HOME: this.home,
      HUILIAN_DEVICE_HOME: this.home,
      HUILIAN_KEY: this.system,
      HUILIAN_GATEWAY: this.gateway,
    };
  }

  /** Starts the process, and waits until it listens. */
  async begin(): Promise<void> {
    const args = [program, 'adapter', 'serve', this.system, '--port', '0', '--json', '--lang', 'en'];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'], ...this.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    let text = '';
    for await (const chunk of child.stdout) {
      text += String(chunk);
      if (text.includes('\n')) break;
    }
    this.address = (JSON.parse(text) as { address: string }).address;
  }

  /** Ends the process, as the operator does, or as a power cut does. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
