import type { Verdict } from '../rules/apply.js';
import { Trade, type Party } from './trade.js';

/** A plant with a pallet, and those to whom it hands things: a carrier, a remanufacturer and a repair shop. */
export class Yard {
  readonly trade = new Trade();
  readonly plant = this.trade.party('plant', ['dismantler']);
  readonly carrier = this.trade.party('carrier', ['carrier']);
  readonly maker = this.trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  readonly shop = this.trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  readonly pallet = this.container(this.plant, 'pallet');

  /** A container that a party registers. */
  container(by: Party, category: string, name = category): string {
    const { item, nonce } = by.signer.item(name);
    const tags = [{ scheme: 'serial' as const, value: name.replaceAll(' ', '-') }];
    this.trade.given(by, { type: 'register', item, data: { kind: 'container', category, nonce, tags } });
    return item;
  }

  /** A part that a party registers. */
  part(by: Party, name: string, category = 'starter'): string {
    const { item, nonce } = by.signer.item(name);
    const data = { kind: 'part' as const, category, nonce, tags: [], massGrams: 6_000 };
    this.trade.given(by, { type: 'register', item, data });
    return item;
  }

  /** Parts of a number, registered in one batch. */
  parts(by: Party, count: number): string[] {
    const made = Array.from({ length: count }, (_, i) => by.signer.item(`part ${i}`));
    const data = { kind: 'part' as const, category: 'starter', tags: [], massGrams: 3_000 };
    this.trade.given(
      by,
      ...made.map(({ item, nonce }) => ({ type: 'register' as const, item, data: { ...data, nonce } })),
    );
    return made.map(({ item }) => item);
  }

  /** An engine out of a scrapped car, inspected. */
  engine(name: string, result: 'fit' | 'unfit' = 'fit'): { engine: string; car: string } {
    const { trade, plant } = this;
    const car = trade.depolluted(plant, name);
    const { item, nonce } = plant.signer.item(`engine of ${name}`);
    const tags = [{ scheme: 'serial' as const, value: `engine-of-${name.replaceAll(' ', '-')}` }];
    const output = { item, nonce, kind: 'part' as const, category: 'engine', massGrams: 120_000, tags };
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [output] } },
      { type: 'inspect', item, data: { result } },
    );
    return { engine: item, car };
  }

  packs(by: Party, into: string, ...items: string[]): Verdict {
    return this.trade.does(by, { type: 'pack', item: into, data: { items } });
  }

  unpacks(by: Party, from: string, ...items: string[]): Verdict {
    return this.trade.does(by, { type: 'unpack', item: from, data: { items } });
  }

  gives(
    by: Party,
    item: string,
    to: Party,
    more: { consignee?: string; keepOwnership?: boolean } = {},
  ): Verdict {
    return this.trade.does(by, { type: 'handover', item, data: { to: to.creditCode, ...more } });
  }

  takes(by: Party, item: string, from: Party): Verdict {
    return this.trade.does(by, { type: 'accept', item, data: { from: from.creditCode } });
  }
}
