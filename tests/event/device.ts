import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode, Language } from '@huilian/core';
import { loadKey, type StoredKey } from '@huilian/scanner-cli';
import { accessToken } from '@huilian/trial';
import { expect } from 'vitest';
import type { Stage } from './stage.js';
import { expectTold, huilian, linesOf, type Ran } from './terminal.js';

/** A batch as `queue list` shows it. */
interface Listed {
  readonly sequence: number;
  readonly state: string;
  readonly count: number;
}

/** A scanner with one key, used by the real command. */
export class Device {
  readonly name: string;
  readonly keyId: string;
  /** Addresses of the gateways that it knows. */
  gateways: readonly string[];
  readonly #home: string;

  /** @param key where it is kept, and what it is called */
  constructor(
    private readonly stage: Stage,
    key: { readonly name: string; readonly keyId: string; readonly home: string },
  ) {
    this.name = key.name;
    this.keyId = key.keyId;
    this.#home = key.home;
    this.gateways = [stage.url];
  }

  /** Folder of its key and its queue. */
  get folder(): string {
    return join(this.#home, 'keys', this.name);
  }

  /** A token for this key. */
  async token(gateway = this.stage.url): Promise<string> {
    return accessToken(gateway, (await this.stored()).key);
  }

  /** The key itself, to sign what the command never would. */
  stored(): Promise<StoredKey> {
    return loadKey(this.#home, this.name);
  }

  /** What an administrator needs to register the key. @returns the file */
  async request(): Promise<string> {
    const file = join(this.#home, `${this.name}.request.json`);
    writeFileSync(file, (await this.run('key', 'request', this.name)).stdout);
    return file;
  }

  run(...args: readonly string[]): Promise<Ran> {
    const settings = {
      HUILIAN_HOME: this.stage.home,
      HUILIAN_DEVICE_HOME: this.#home,
      HUILIAN_KEY: this.name,
      HUILIAN_GATEWAY: this.gateways.join(','),
    };
    return huilian(settings, ...args);
  }

  /** Runs a command that must end well. @returns its lines of JSON */
  async done<T = object>(...args: readonly string[]): Promise<T[]> {
    const ran = await this.run(...args, '--json');
    expect(ran, `${args.join(' ')}\n${ran.stderr}`).toMatchObject({ exit: 0 });
    return linesOf<T>(ran);
  }

  /** Runs a command that must fail with a code, said in the language. @returns its lines of JSON */
  async fails<T = object>(
    exit: number,
    code: ErrorCode,
    language: Language,
    ...args: readonly string[]
  ): Promise<T[]> {
    const ran = await this.run(...args, '--json', '--lang', language);
    expectTold(ran.stderr, code, language);
    expect(ran, `${args.join(' ')}\n${ran.stderr}`).toMatchObject({ exit });
    return linesOf<T>(ran);
  }

  /** The same failure twice, said in each language. */
  async failsInBoth(exit: number, code: ErrorCode, ...args: readonly string[]): Promise<void> {
    await this.fails(exit, code, 'en', ...args);
    await this.fails(exit, code, 'zh-CN', ...args);
  }

  /** Numbers of the batches that still wait in its queue. */
  async waiting(): Promise<number[]> {
    const [listed] = await this.done<{ batches: Listed[] }>('queue', 'list');
    return (listed?.batches ?? []).filter(({ state }) => state !== 'settled').map(({ sequence }) => sequence);
  }

  /** Sends what waits; all of it must be accepted now. @returns numbers of the batches that were settled */
  async delivers(): Promise<number[]> {
    const [report] = await this.done<{ settled: { sequence: number }[]; waiting: unknown[] }>(
      'queue',
      'push',
    );
    expect(report?.waiting).toEqual([]);
    return (report?.settled ?? []).map(({ sequence }) => sequence);
  }
}

/** Arguments of `intake` for a car that bears one serial. */
export function car(serial: string): string[] {
  return [
    'intake',
    '--kind',
    'vehicle',
    '--category',
    'passengerCar',
    '--mass',
    '1200kg',
    '--tag',
    `serial:${serial}`,
  ];
}
