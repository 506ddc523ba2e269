import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { System } from '@huilian/adapters';
import type { Role } from '@huilian/core';
import { expect } from 'vitest';
import { AdapterProcess } from './adapter-process.js';
import { Scene, type Actor, type Licensed } from './scene.js';

/** An enterprise or an authority with the system that it has. */
export interface Partner {
  readonly system: System;
  readonly roles: readonly [Role, ...Role[]];
  readonly licences?: readonly Licensed[];
}

/** What speaks to an adapter by its address. */
type Client<T> = new (address: string) => T;

/** Partners of the trade on a network of their own, each with its system beside an adapter that has a service key of its own. */
export class Partners<Name extends string> {
  readonly home = mkdtempSync(join(tmpdir(), 'huilian-partners-'));
  readonly #actors = new Map<Name, Actor>();
  readonly #adapters = new Map<Name, AdapterProcess>();

  private constructor(readonly scene: Scene) {}

  /** @param environment settings that all adapters have beside their own */
  static async begin<Name extends string>(
    partners: Readonly<Record<Name, Partner>>,
    tables: Readonly<Record<string, object>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Partners<Name>> {
    const scene = await Scene.begin();
    const all = new Partners<Name>(scene);
    try {
      for (const [name, table] of Object.entries(tables)) await scene.table(name, table);
      for (const [name, partner] of Object.entries<Partner>(partners))
        await all.#join(name as Name, partner, environment);
      return all;
    } catch (error) {
      await all.end();
      throw error;
    }
  }

  async #join(
    name: Name,
    { system, roles, licences }: Partner,
    environment: Readonly<Record<string, string>>,
  ) {
    const actor = await this.scene.party(name, roles, licences);
    const office = this.scene.officeOf(roles[0]);
    const home = join(this.home, name);
    const partner = { system, home, owner: actor.creditCode, office, environment };
    this.#actors.set(name, actor);
    this.#adapters.set(name, await AdapterProcess.start(this.scene.world, this.scene.gateway, partner));
  }

  actor(name: Name): Actor {
    const actor = this.#actors.get(name);
    if (!actor) throw new Error(name);
    return actor;
  }

  code(name: Name): string {
    return this.actor(name).creditCode;
  }

  adapter(name: Name): AdapterProcess {
    const adapter = this.#adapters.get(name);
    if (!adapter) throw new Error(name);
    return adapter;
  }

  /** The reference client of a partner's system. */
  client<T>(name: Name, kind: Client<T>): T {
    return new kind(this.adapter(name).address);
  }

  async end(): Promise<void> {
    for (const adapter of this.#adapters.values()) await adapter.end();
    await this.scene.end();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Sends one message after the other, each of which the ledger must accept. */
export async function accepted(
  ...steps: readonly (() => Promise<{ verdict?: string | undefined; events: readonly object[] }>)[]
): Promise<void> {
  for (const [at, step] of steps.entries()) {
    const { verdict, events } = await step();
    expect(verdict, `step ${at + 1}: ${JSON.stringify(events)}`).toBe('accepted');
  }
}
