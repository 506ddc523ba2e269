import type { Client } from '../gateway/world.js';

/** Numbers of a gateway by name, with the labels where it has some: `huilian_groups_total{outcome="done"}`. */
export class Numbers {
  readonly #values: ReadonlyMap<string, number>;

  constructor(text: string) {
    const samples = [...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)];
    this.#values = new Map(samples.map(([, name = '', value]) => [name, Number(value)]));
  }

  /** @throws Error when the gateway does not tell it */
  of(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`no metric ${name}`);
    return value;
  }

  /** Transactions that ended so; none is zero. */
  groups(outcome: string): number {
    return this.#values.get(`huilian_groups_total{outcome="${outcome}"}`) ?? 0;
  }
}

export async function numbersOf(gateway: Client): Promise<Numbers> {
  return new Numbers((await gateway.get('/metrics')).text);
}
