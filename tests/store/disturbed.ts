import { setTimeout as wait } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { BlockEffects, BlockSource, Store } from '@huilian/gateway-api/model';
import type { SyntheticLedger } from './synthetic-ledger.js';

/** Hands out up to three blocks at a time, sometimes none, and breaks. */
export function breaking(ledger: SyntheticLedger): BlockSource {
  let round = 0;
  return {
    async *blocks(from) {
      const count = round++ % 4;
      for (const block of ledger.sealed.slice(from, from + count)) yield { block };
      throw new HuilianError('HL-5001');
    },
    height: () => ledger.height(),
  };
}

/** A ledger of which each block comes alone. */
export function singly(ledger: SyntheticLedger): BlockSource {
  return {
    async *blocks(from, options) {
      for await (const delivered of ledger.blocks(from, options)) {
        yield delivered;
        await wait(1);
      }
    },
    height: () => ledger.height(),
  };
}

/** A store that takes long to apply, and counts what happens meanwhile. */
export function slowly(store: Store): {
  store: Store;
  mostAtOnce: () => number;
  readMeanwhile: () => number;
} {
  let [applying, most, read] = [0, 0, 0];
  const slow = new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (name === 'apply') {
        return async (block: BlockEffects) => {
          most = Math.max(most, ++applying);
          // Neither before nor after: a fold may meet the store as it was and as it will be.
          await wait(3);
          const applied = await target.apply(block);
          await wait(3);
          applying--;
          return applied;
        };
      }
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'getMany' && applying > 0) read++;
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
  return { store: slow, mostAtOnce: () => most, readMeanwhile: () => read };
}

/** A store that does not take what ends with a block the first time. */
export function failingOnce(store: Store, number: number): Store {
  let failed = false;
  return watched(store, (block) => {
    if (failed || block.number !== number) return;
    failed = true;
    throw new HuilianError('HL-5022', { store: 'test', reason: 'away' });
  });
}

/** A store that says what is applied. */
export function watched(store: Store, applied: (block: BlockEffects) => void): Store {
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'apply') applied(args[0] as BlockEffects);
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}

/** A store that is away every now and then. */
export function failing(store: Store): Store {
  let calls = 0;
  const away = (): void => {
    if (calls++ % 41 === 40) throw new HuilianError('HL-5022', { store: 'test', reason: 'away' });
  };
  const handler: ProxyHandler<Store> = {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'apply' || name === 'getMany' || name === 'checkpoint') away();
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  };
  return new Proxy(store, handler);
}
