import {
  dateOf,
  dayOf,
  HAZARDOUS_TABLE,
  holidayTableName,
  PUBLISHED_HOLIDAYS,
  rowKey,
  termsTable,
  TIME_LIMIT_TABLE,
  trialTerms,
  type LedgerEvent,
  type RuleRow,
} from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { clocksEnded, foldBlock, SqliteStore, Views, views, type Store } from '@huilian/gateway-api/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshSigner } from '../verify/signer.js';
import { cast, event, newItem, output, plantCode, shopCode, smelterCode, type Cast } from './morning.js';
import { ledgerId } from './synthetic-ledger.js';

const DAY = 86_400;
const PACK = '001PE240000003B3C0000001';
const dismantlerCode = '91330100MA27ABCE9B';

let played: Cast;
let dismantler: Signer;
let store: Store;
let model: Views;
let projected: number;

beforeEach(() => {
  played = cast();
  dismantler = freshSigner(ledgerId);
  played.ledger.admit(dismantler, dismantlerCode, 'dismantler');
  store = SqliteStore.open(':memory:', views);
  model = new Views(() => store);
  projected = 0;
});
afterEach(() => store.close());

/** Records events as one batch, each accepted. */
function records(signer: Signer, ...events: readonly LedgerEvent[]): void {
  const { ledger } = played;
  ledger.record([signer.batch(events, { time: ledger.time })]);
}

function table(name: string, values: RuleRow['table'], version = 1, province = 'CN'): void {
  const row: RuleRow = { from: 0, table: values, proposedBy: 'a', approvedBy: 'b' };
  played.ledger.write({ [rowKey.rule(name, province, version)]: row });
}

function terms(): void {
  table(TIME_LIMIT_TABLE, termsTable(trialTerms()));
}

function holidays(year: number): void {
  const { off, on } = PUBLISHED_HOLIDAYS.find((each) => each.year === year)!;
  table(holidayTableName(year), { off, on });
}

async function project(): Promise<void> {
  for (const block of played.ledger.sealed.slice(projected)) {
    const { puts, time } = await foldBlock(block, store);
    for (const { view, document } of puts) view.schema.parse(document);
    await store.apply({ ...block, ledger: ledgerId, projection: 'test', time, puts });
    projected += 1;
  }
}

function newLot(signer: Signer, category: string): { id: string; register: LedgerEvent } {
  return newThing(signer, 'lot', category);
}

function newThing(
  signer: Signer,
  kind: 'lot' | 'container',
  category: string,
): { id: string; register: LedgerEvent } {
  const { item, nonce } = output(signer, category, 0);
  const data = { kind, category, nonce, tags: [], massGrams: 500_000 };
  return { id: item, register: event('register', item, data) };
}

/** A car that the dismantler took in. */
function takenIn(packs: readonly string[] = []): string {
  const { id, register } = newItem(dismantler, 'vehicle');
  records(
    dismantler,
    register,
    event('surrender', id, {}),
    event('receive', id, { massGrams: 1_000_000, ...(packs.length > 0 && { packs: [...packs] }) }),
  );
  return id;
}

/** The clocks of an item, each as `limit status date`. */
async function told(item: string): Promise<string[]> {
  await project();
  const { records: clocks } = await model.clocksOf(item, { limit: 50 });
  return clocks.map(({ limit, status, dueAt }) =>
    [limit, status, ...(dueAt === 0 ? [] : [dateOf(dayOf(dueAt) - 1)])].join(' '),
  );
}

// Ledger time begins on 21 September 2026 at UTC+8, shortly before National Day.
describe('The clock of a certificate in the read model', () => {
  it('is late by three working days over National Day, and the history says so', async () => {
    terms();
    holidays(2026);
    const car = takenIn();
    expect(await told(car)).toEqual(['certificate running 20260928']);
    played.ledger.wait(17 * DAY);
    records(dismantler, event('issueCertificate', car, { number: 'C-1' }));
    expect(await told(car)).toEqual(['certificate late 20260928', 'cancellation unknown']);
    const ended = await clocksEnded(model, car);
    // 29 and 30 September, and 8 October; the first seven days of October are free.
    expect([...ended.values()]).toEqual([
      [{ timeLimit: 'certificate', state: 'metLate', late: { days: 10, workingDays: 3 } }],
    ]);
  });

  it('is met on its last day', async () => {
    terms();
    const car = takenIn();
    played.ledger.wait(7 * DAY);
    records(dismantler, event('issueCertificate', car, { number: 'C-1' }));
    expect(await told(car)).toContain('certificate met 20260928');
  });

  it('says that no table is on record, and counts anew once there is one', async () => {
    const car = takenIn();
    expect(await told(car)).toEqual(['certificate unknown']);
    const { records: found } = await model.clocksOf(car, { limit: 5 });
    expect(found).toMatchObject([{ missing: { what: 'table' }, party: dismantlerCode, confirmed: false }]);
    played.ledger.wait(30 * DAY);
    records(dismantler, event('issueCertificate', car, { number: 'C-1' }));
    expect(await told(car)).toContain('certificate unknown');
    terms();
    expect(await told(car)).toContain('certificate late 20260928');
  });

  it('runs by the table of its party’s province, and by the national one elsewhere', async () => {
    terms();
    const ten = { certificate: [20180101, 0, 10, 'calendarDays', 2, 'confirmed'] };
    table(TIME_LIMIT_TABLE, ten, 1, '320000');
    expect(await told(takenIn())).toEqual(['certificate running 20260928']);
    const running = takenIn();
    await project();
    table(TIME_LIMIT_TABLE, ten, 1, '330000');
    expect(await told(running)).toEqual(['certificate running 20261001']);
    expect(await told(takenIn())).toEqual(['certificate running 20261001']);
  });

  it('follows a new version of the table while it runs, and keeps the old once it is over', async () => {
    terms();
    const [one, two] = [takenIn(), takenIn()];
    records(dismantler, event('issueCertificate', one, { number: 'C-1' }));
    await project();
    const longer = {
      ...termsTable(trialTerms()),
      certificate: [20180101, 0, 10, 'calendarDays', 2, 'confirmed'],
    };
    table(TIME_LIMIT_TABLE, longer, 2);
    expect(await told(one)).toContain('certificate met 20260928');
    expect(await told(two)).toEqual(['certificate running 20261001']);
  });

  it('is void where a table says that no term was in force on its day', async () => {
    const car = takenIn();
    expect(await told(car)).toEqual(['certificate unknown']);
    table(TIME_LIMIT_TABLE, { certificate: [20270101, 0, 7, 'calendarDays', 2, 'confirmed'] });
    expect(await told(car)).toEqual([]);
  });
});

describe('The clock of a traction battery in the read model', () => {
  it('counts from the certificate of the car that it came out of, and waits for the holidays', async () => {
    const early = { from: 20180801, to: undefined, term: { count: 'workingDays' as const, days: 15 } };
    const dated = new Map(trialTerms()).set('traceCertificate', [{ ...early, warnDays: 5, confirmed: true }]);
    table(TIME_LIMIT_TABLE, termsTable(dated));
    const car = takenIn([PACK]);
    records(dismantler, event('issueCertificate', car, { number: 'C-1' }));
    played.ledger.wait(3 * DAY);
    const out = output(dismantler, 'engine', 300_000);
    const tags = [{ scheme: 'battery' as const, value: PACK }];
    const battery = { ...out, kind: 'battery' as const, category: 'tractionBattery', tags };
    records(dismantler, event('depollute', car, { outputs: [battery] }));
    expect(await told(battery.item)).toEqual(['traceCertificate unknown']);
    holidays(2026);
    // 15 working days after 21 September: 25 September, 1 and 2, 5 to 7 October are free, 10 October is worked.
    expect(await told(battery.item)).toEqual(['traceCertificate running 20261019']);
  });
});

describe('The clock of a handover in the read model', () => {
  it('ends with the acceptance, whichever came first, and is of who handed over', async () => {
    terms();
    const { plant, shop } = played;
    const [one, two] = [newItem(plant, 'device'), newItem(plant, 'device')];
    records(plant, one.register, two.register, event('handover', one.id, { to: shopCode }));
    records(shop, event('accept', two.id, { from: plantCode }));
    expect(await told(one.id)).toEqual(['handover running 20260928']);
    records(shop, event('accept', one.id, { from: plantCode }));
    records(plant, event('handover', two.id, { to: shopCode }));
    expect(await told(one.id)).toEqual(['handover met 20260928']);
    expect(await told(two.id)).toEqual(['handover met 20260928']);
    const {
      records: [clock],
    } = await model.clocksOf(two.id, { limit: 1 });
    expect(clock).toMatchObject({ party: plantCode });
  });
});

describe('The clock of hazardous storage in the read model', () => {
  it('runs a year at each holder of what the table calls hazardous, and for nothing else', async () => {
    terms();
    table(HAZARDOUS_TABLE, { circuitBoards: '900-045-49' });
    const { plant, smelter } = played;
    const [boards, iron] = ['circuitBoards', 'iron'].map((category) => newLot(plant, category));
    records(plant, boards!.register, iron!.register);
    expect(await told(boards!.id)).toEqual(['hazardousStorage running 20270921']);
    expect(await told(iron!.id)).toEqual([]);
    played.ledger.wait(30 * DAY);
    records(smelter, event('accept', boards!.id, { from: plantCode }));
    expect(await told(boards!.id)).toEqual(['hazardousStorage running 20270921']);
    records(plant, event('handover', boards!.id, { to: smelterCode }));
    expect((await told(boards!.id)).sort()).toEqual([
      'handover met 20261028',
      'hazardousStorage met 20270921',
      'hazardousStorage running 20271021',
    ]);
  });
});

describe('The clocks of what lies in a container', () => {
  /** Circuit boards in a box, and that in a truck. */
  function packed(): { boards: string; box: string; truck: string } {
    terms();
    table(HAZARDOUS_TABLE, { circuitBoards: '900-045-49' });
    const { plant } = played;
    const boards = newLot(plant, 'circuitBoards');
    const [box, truck] = (['box', 'truck'] as const).map((category) =>
      newThing(plant, 'container', category),
    ) as [ReturnType<typeof newThing>, ReturnType<typeof newThing>];
    records(plant, boards.register, box.register, truck.register);
    records(plant, event('pack', box.id, { items: [boards.id] }));
    records(plant, event('pack', truck.id, { items: [box.id] }));
    return { boards: boards.id, box: box.id, truck: truck.id };
  }
  const running = ['hazardousStorage running 20270921'];
  const passed = ['hazardousStorage met 20270921', 'hazardousStorage running 20271021'];

  it('follow who holds the outermost one, and unpacking is no change of hands', async () => {
    const { boards, box, truck } = packed();
    const { plant, smelter } = played;
    expect(await told(boards)).toEqual(running);
    played.ledger.wait(30 * DAY);
    records(plant, event('handover', truck, { to: smelterCode }));
    expect(await told(boards)).toEqual(running);
    records(smelter, event('accept', truck, { from: plantCode }));
    expect((await told(boards)).sort()).toEqual(passed);
    expect(await told(truck)).toEqual(['handover met 20261028']);
    const { records: clocks } = await model.clocksOf(boards, { limit: 5 });
    expect(clocks.map(({ party }) => party)).toEqual([plantCode, smelterCode]);
    played.ledger.wait(5 * DAY);
    records(smelter, event('unpack', truck, { items: [box] }));
    records(smelter, event('unpack', box, { items: [boards] }));
    expect((await told(boards)).sort()).toEqual(passed);
  });

  it('follow it too when one transaction moves the container and takes things out', async () => {
    const { boards, box, truck } = packed();
    const { plant, smelter, ledger } = played;
    ledger.wait(30 * DAY);
    records(plant, event('handover', truck, { to: smelterCode }));
    records(
      smelter,
      event('accept', truck, { from: plantCode }),
      event('unpack', truck, { items: [box] }),
      event('unpack', box, { items: [boards] }),
    );
    expect((await told(boards)).sort()).toEqual(passed);
  });

  it('stay with the giver of what the receiver excepts', async () => {
    const { boards, truck } = packed();
    const { plant, smelter } = played;
    played.ledger.wait(30 * DAY);
    records(plant, event('handover', truck, { to: smelterCode }));
    const exceptions = [{ reason: 'damaged' as const, items: [boards] }];
    records(smelter, event('accept', truck, { from: plantCode, exceptions }));
    expect(await told(boards)).toEqual(running);
  });

  it('move with a slip of paper', async () => {
    const { plant } = played;
    terms();
    table(HAZARDOUS_TABLE, { circuitBoards: '900-045-49' });
    const boards = newLot(plant, 'circuitBoards');
    records(plant, boards.register);
    played.ledger.wait(30 * DAY);
    records(plant, event('acceptOnBehalf', boards.id, { document: 'd'.repeat(64), household: 'SLIP-1' }));
    expect((await told(boards.id)).sort()).toEqual(passed);
  });
});

describe('What was missing on a pallet', () => {
  for (const order of ['handed over first', 'accepted first'] as const)
    it(`is lost in transit when it does not turn up in time, ${order}`, async () => {
      terms();
      const { plant, smelter, ledger } = played;
      const pallet = newThing(plant, 'container', 'pallet');
      const [lost, dented] = [newLot(plant, 'iron'), newLot(plant, 'copper')];
      records(plant, pallet.register, lost.register, dented.register);
      records(plant, event('pack', pallet.id, { items: [lost.id, dented.id] }));
      const exceptions = [
        { reason: 'missing' as const, items: [lost.id] },
        { reason: 'damaged' as const, items: [dented.id] },
      ];
      const steps = [
        () => records(plant, event('handover', pallet.id, { to: smelterCode })),
        () => records(smelter, event('accept', pallet.id, { from: plantCode, exceptions })),
      ];
      for (const step of order === 'accepted first' ? steps.reverse() : steps) step();
      expect(await told(dented.id)).toEqual([]);
      expect(await told(lost.id)).toEqual(['handover running 20260928']);
      const { records: clocks } = await model.clocksOf(lost.id, { limit: 5 });
      expect(clocks).toMatchObject([{ party: plantCode }]);
      ledger.wait(8 * DAY);
      records(smelter, event('accept', lost.id, { from: plantCode }));
      expect(await told(lost.id)).toEqual(['handover late 20260928']);
    });

  it('is lost no more when its giver takes the handover back', async () => {
    terms();
    const { plant, smelter } = played;
    const pallet = newThing(plant, 'container', 'pallet');
    const lost = newLot(plant, 'iron');
    records(plant, pallet.register, lost.register);
    records(
      plant,
      event('pack', pallet.id, { items: [lost.id] }),
      event('handover', pallet.id, { to: smelterCode }),
    );
    const exceptions = [{ reason: 'missing' as const, items: [lost.id] }];
    records(smelter, event('accept', pallet.id, { from: plantCode, exceptions }));
    records(plant, event('withdraw', lost.id, {}));
    expect(await told(lost.id)).toEqual(['handover met 20260928']);
  });
});

describe('What was taken back', () => {
  beforeEach(() => {
    terms();
    table('correctionTerm', { alone: 7, together: 30 });
  });
  /** Records one event, and tells its id. */
  function does(signer: Signer, one: LedgerEvent): string {
    const batch = signer.batch([one], { time: played.ledger.time });
    played.ledger.record([batch]);
    const { keyId, sequence } = batch.header;
    return `${keyId}.${sequence}.0`;
  }
  const wrong = (id: string) => ({ event: id, termVersion: 1 });

  it('started no clock', async () => {
    const { id, register } = newItem(dismantler, 'vehicle');
    records(dismantler, register, event('surrender', id, {}));
    const taken = does(dismantler, event('receive', id, { massGrams: 1_000_000 }));
    expect(await told(id)).toEqual(['certificate running 20260928']);
    records(dismantler, event('correct', id, { ...wrong(taken), reason: 'wrongItem' }));
    expect(await told(id)).toEqual([]);
    played.ledger.wait(2 * DAY);
    records(dismantler, event('receive', id, { massGrams: 1_000_000 }));
    expect(await told(id)).toEqual(['certificate running 20260930']);
  });

  it('stopped no clock: the handover is open again, and lost in transit a week after it began', async () => {
    table(HAZARDOUS_TABLE, { circuitBoards: '900-045-49' });
    const { plant, smelter } = played;
    const boards = newLot(plant, 'iron');
    records(plant, boards.register, event('handover', boards.id, { to: smelterCode }));
    const accepted = does(smelter, event('accept', boards.id, { from: plantCode }));
    expect(await told(boards.id)).toEqual(['handover met 20260928']);
    records(smelter, event('correct', boards.id, { ...wrong(accepted), reason: 'wrongItem' }));
    expect(await told(boards.id)).toEqual(['handover met 20260928']);
    records(plant, event('agreeCorrection', boards.id, wrong(accepted)));
    expect(await told(boards.id)).toEqual(['handover running 20260928']);
    played.ledger.wait(9 * DAY);
    records(smelter, event('accept', boards.id, { from: plantCode }));
    expect(await told(boards.id)).toEqual(['handover late 20260928']);
  });

  it('moved no storage: what comes back is stored since its first day', async () => {
    table(HAZARDOUS_TABLE, { leadGlass: 'x' });
    const { plant, smelter } = played;
    const glass = newLot(plant, 'leadGlass');
    records(plant, glass.register, event('handover', glass.id, { to: smelterCode }));
    const accepted = does(smelter, event('accept', glass.id, { from: plantCode }));
    records(smelter, event('correct', glass.id, { ...wrong(accepted), reason: 'wrongItem' }));
    played.ledger.wait(DAY);
    records(plant, event('agreeCorrection', glass.id, wrong(accepted)));
    expect((await told(glass.id)).sort()).toEqual([
      'handover running 20260928',
      'hazardousStorage running 20270921',
    ]);
  });
});

describe('Questions about clocks', () => {
  it('find what is due and what is overdue at a moment, page by page, in the order of the due days', async () => {
    terms();
    const cars: string[] = [];
    for (let day = 0; day < 6; day += 1) {
      cars.push(takenIn());
      played.ledger.wait(DAY);
    }
    await project();
    // The third is due on 30 September: it is overdue from the first second of 1 October.
    const now = played.ledger.time - 6 * DAY + 9 * DAY + DAY;
    const ask = async (status: 'due' | 'overdue', party?: string) => {
      const items: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await model.clocks({ status, now, party }, { limit: 2, cursor });
        items.push(...page.records.map(({ item }) => item));
        cursor = page.next;
        if (cursor === undefined) return items;
      }
    };
    expect(await ask('overdue')).toEqual(cars.slice(0, 3));
    expect(await ask('due')).toEqual(cars.slice(3));
    expect(await ask('overdue', dismantlerCode)).toEqual(cars.slice(0, 3));
    expect(await ask('overdue', shopCode)).toEqual([]);
    const { records: few } = await model.clocks(
      { status: 'due', now, before: now + 2 * DAY, timeLimit: 'certificate' },
      { limit: 50 },
    );
    expect(few.map(({ item }) => item)).toEqual(cars.slice(3, 5));
  });
});
