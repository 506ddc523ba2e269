import { provePossession, type LedgerEvent, type SignedBatch, type TrustBundle } from '@huilian/core';
import { creditCodeNumbered, Signer } from '@huilian/core/testing';
import { TestLedger } from './ledger.js';

/** How large a ledger is made, and of what. */
export interface CustodyOptions {
  /** Events to record, at least. */
  readonly events: number;
  /** Items that change hands. Default 20 000; as many as events make a ledger that only registers. */
  readonly items?: number;
  /** Events in a batch. Default 250. */
  readonly batchEvents?: number;
  /** Batches in a transaction. Default 4. */
  readonly groupBatches?: number;
  /** Transactions in a block. Default 2. */
  readonly blockTransactions?: number;
  /** Enterprises, and devices of each. Default 4 and 10. */
  readonly enterprises?: number;
  readonly devices?: number;
}

/** A ledger as bytes of blocks, and what an auditor needs to verify it. */
export interface CustodyLedger {
  readonly trust: TrustBundle;
  readonly blocks: AsyncIterable<Uint8Array>;
  readonly ledger: TestLedger;
}

interface Enterprise {
  readonly creditCode: string;
  readonly devices: readonly Signer[];
}

/** Items that always move together: one batch each step. */
interface Lot {
  readonly position: number;
  /** Steps taken: registered, handed over, accepted, handed over, … */
  steps: number;
  readonly items: { readonly item: string; readonly nonce: string }[];
}

const halfYear = 15_552_000;
/** Every eighth batch ends with an event that is refused. */
const refusedEvery = 8;

/**
 * A ledger of custody: items are registered, then handed over and accepted in turn by the devices of a few enterprises. Some
 * events are refused.
 */
export async function custodyLedger(options: CustodyOptions): Promise<CustodyLedger> {
  const start = Math.floor(Date.now() / 1000) - halfYear;
  const ledger = await TestLedger.found(start);
  const enterprises = await register(ledger, options);
  return { trust: ledger.trust, ledger, blocks: blocksOf(ledger, enterprises, options) };
}

async function* blocksOf(
  ledger: TestLedger,
  enterprises: readonly Enterprise[],
  options: CustodyOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const { events, items = 20_000, batchEvents = 250, groupBatches = 4, blockTransactions = 2 } = options;
  const lots = Array.from({ length: Math.ceil(items / batchEvents) }, (_, position): Lot => {
    return { position, steps: 0, items: [] };
  });
  yield* ledger.take();
  let made = 0;
  let next = 0;
  while (made < events) {
    const groups: SignedBatch[][] = [];
    for (let transaction = 0; transaction < blockTransactions && made < events; transaction += 1) {
      const group: SignedBatch[] = [];
      for (let batch = 0; batch < groupBatches && made < events; batch += 1) {
        const lot = lots[next % lots.length];
        if (lot === undefined) throw new Error('a ledger of at least one item');
        // A lot's and a device's next batch must wait for the block of the one before.
        if (next > 0 && next % lots.length === 0 && groups.length + group.length > 0) break;
        group.push(stepOf(lot, enterprises, batchEvents, ledger.time));
        next += 1;
        made += batchEvents;
      }
      if (group.length > 0) groups.push(group);
    }
    await ledger.record(...groups);
    yield* ledger.take();
  }
}

/** The next step of a lot, signed by a device of the enterprise whose turn it is. */
function stepOf(
  lot: Lot,
  enterprises: readonly Enterprise[],
  batchEvents: number,
  time: number,
): SignedBatch {
  const moves = Math.floor(lot.steps / 2);
  const at = (place: number): Enterprise => pick(enterprises, lot.position + place);
  const isHandover = lot.steps % 2 === 1;
  const actor = at(moves);
  const device = pick(actor.devices, Math.floor(lot.position / enterprises.length));
  const refuses = lot.position % refusedEvery === 0;
  if (lot.steps === 0) {
    for (let index = 0; index < batchEvents - (refuses ? 1 : 0); index += 1) {
      lot.items.push(device.item(`${String(lot.position)} ${String(index)}`));
    }
  }
  const events = lot.items.map(({ item, nonce }, index): LedgerEvent => {
    const shared = { version: 1, time, item } as const;
    const massGrams = 1_000 + index;
    if (lot.steps === 0) {
      const data = { kind: 'device' as const, category: 'refrigerator', nonce, tags: [], massGrams };
      return { ...shared, type: 'register', data };
    }
    return isHandover
      ? { ...shared, type: 'handover', data: { to: at(moves + 1).creditCode, massGrams } }
      : { ...shared, type: 'accept', data: { from: at(moves - 1).creditCode, massGrams } };
  });
  const [last] = events.slice(-1);
  lot.steps += 1;
  return device.batch(refuses && last !== undefined ? [...events, last] : events);
}

/** Enterprises of RecyclingMSP with the keys of their devices. */
async function register(ledger: TestLedger, options: CustodyOptions): Promise<Enterprise[]> {
  const { enterprises: count = 4, devices: each = 10 } = options;
  const signer = (name: string): Signer => new Signer(name, ledger.id, () => ledger.time);
  const office = signer('the office of recycling');
  await ledger.administrator('RecyclingMSP', office.key);
  const enterprises = Array.from({ length: count }, (_, place): Enterprise => {
    const creditCode = creditCodeNumbered(place + 1);
    const devices = Array.from({ length: each }, (__, device) =>
      signer(`device ${String(device)} of ${creditCode}`),
    );
    return { creditCode, devices };
  });
  for (const { creditCode, devices } of enterprises) {
    const { time } = ledger;
    const participant: LedgerEvent = {
      type: 'participant.register',
      version: 1,
      time,
      data: { creditCode, name: 'collector', roles: ['collector'], province: '310000' },
    };
    const keys = devices.map(({ key }): LedgerEvent => {
      const publicKey = { x: key.x, y: key.y };
      const proof = provePossession(ledger.id, creditCode, key);
      const data = { owner: creditCode, kind: 'device', publicKey, proof } as const;
      return { type: 'key.register', version: 1, time, data };
    });
    await ledger.record([office.batch([participant, ...keys])]);
  }
  return enterprises;
}

function pick<T>(list: readonly T[], place: number): T {
  const found = list[place % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
}
