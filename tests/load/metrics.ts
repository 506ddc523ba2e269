import { status } from '@huilian/network';
import type { Client } from '../gateway/world.js';

/** Numbers of a process by name, with the labels where it has some: `huilian_groups_total{outcome="done"}`. */
export class Numbers {
  readonly #values: ReadonlyMap<string, number>;

  constructor(text: string) {
    const samples = [...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)];
    this.#values = new Map(samples.map(([, name = '', value]) => [name, Number(value)]));
  }

  /** @throws Error when it is not told */
  of(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`no metric ${name}`);
    return value;
  }

  /** All samples of one name whose labels say this, added up. */
  sum(name: string, labels = ''): number {
    const samples = [...this.#values].filter(
      ([each]) => each.replace(/\{.*/, '') === name && each.includes(labels),
    );
    return samples.reduce((sum, [, value]) => sum + value, 0);
  }

  /** Transactions that ended so; none is zero. */
  groups(outcome: string): number {
    return this.#values.get(`huilian_groups_total{outcome="${outcome}"}`) ?? 0;
  }
}

export async function numbersOf(gateway: Client): Promise<Numbers> {
  return new Numbers((await gateway.get('/metrics')).text);
}

/** What a peer of an organisation says. @param name of the process, such as `peer-recycling` */
export async function numbersOfPeer(home: string, name: string): Promise<Numbers> {
  const { processes } = await status({ home });
  const address = processes.find((process) => process.name === name)?.operations;
  if (address === undefined) throw new Error(`${name} tells no numbers`);
  return new Numbers(await (await fetch(`${address}/metrics`)).text());
}
