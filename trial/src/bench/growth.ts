import { total } from './cpu.js';
import type { Item } from './custody.js';
import { Duo } from './duo.js';
import { figure, median, report, type Figures } from './figures.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath, type Path } from './paths.js';
import { ours, rateOf, stretch, type Stretch } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { closedLoop, duosOf, pairsOf, prepareDuo, warmUp, type Load } from './workload.js';

export const growthOptions = {
  keep: common.keep,
  rounds: { default: 5, help: 'rounds of each kind of work: a window on the small ledger, one on the grown' },
  events: { default: 500_000, help: 'items that the grown ledger has; 5000000 for the big run' },
  start: { default: 100_000, help: 'items that the small ledger has' },
  window: { default: 40_000, help: 'events in a window' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 1_000, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions under way' },
} as const satisfies OptionTable;

type Options = Values<typeof growthOptions>;

const LEAST = 0.9;
/** Items in circulation on each ledger. */
const CIRCULATING = 20_000;
/** Inspected, inspected, handed over. */
const STEPS_A_WINDOW = 3;
const PORTION = 50_000;
/** Seconds between portions by the clock of the devices: 390 items a second, a portal that reads hundreds of tags. */
const PORTION_SECONDS = 128;
/** How often the rate of registrations is told while a ledger grows. */
const TOLD = 10;

/** A stretch on the small ledger and the same on the grown one. */
type Pair = readonly [small: Stretch, grown: Stretch];

/**
 * The benchmark `growth`: a ledger is filled with items; then the same work is measured by turns on it and on a small one, so
 * that both meet the machine as it is in that minute.
 */
export async function growth(options: Options, signal: AbortSignal): Promise<void> {
  const { devices, keep } = options;
  const load = { batch: options.batch, inFlight: options['in-flight'] };
  await onStage('growth', { devices, keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const grown = new Filler(stage, load);
    const filling = await grow(grown, options.events);
    await onStage('growth-small', { devices, keep }, signal, async (beside) => {
      await beside.gatewayDown();
      const small = new Filler(beside, load);
      await small.fill(options.start);
      await compare(small, grown, filling, options);
    });
  });
}

/** Registers so many items. @returns registrations per second in each part of the growth */
async function grow(ledger: Filler, items: number): Promise<number[]> {
  const rates: number[] = [];
  for (let part = 1; part <= TOLD; part++) {
    rates.push(await ledger.fill(Math.ceil(items / TOLD)));
    say(`${Math.ceil((items * part) / TOLD)} items: ${rates.at(-1)?.toFixed(0)} registrations/s`);
  }
  return rates;
}

async function compare(
  small: Filler,
  grown: Filler,
  filling: readonly number[],
  { rounds, events, start, window }: Options,
): Promise<void> {
  await small.circulate();
  await grown.circulate();
  const custody: Pair[] = [];
  const anyAge: Pair[] = [];
  for (let round = 1; round <= rounds; round++) {
    custody.push([await small.custody(window), await grown.custody(window)]);
    say(`round ${round}, custody: ${shown(custody.at(-1))}`);
  }
  // Afterwards, because work on old items leaves the database something to do.
  for (let round = 1; round <= rounds; round++) {
    anyAge.push([await small.anyAge(window), await grown.anyAge(window)]);
    say(`round ${round}, items of any age: ${shown(anyAge.at(-1))}`);
  }
  const [first = Number.NaN] = filling;
  await report(
    'growth',
    rounds,
    {
      rateAtEndToRateAtStart: figure('times', ratios(custody, rateOf), { atLeast: LEAST }),
      cpuAtEndToCpuAtStart: figure('times', ratios(custody, cpuPerEvent)),
      ...rates('eventsPerSecond', custody),
      anyAgeRateAtEndToRateAtStart: figure('times', ratios(anyAge, rateOf), { atLeast: LEAST }),
      anyAgeCpuAtEndToCpuAtStart: figure('times', ratios(anyAge, cpuPerEvent)),
      ...rates('anyAgeEventsPerSecond', anyAge),
      registrationsAtEndToRegistrationsAtStart: figure('times', [(filling.at(-1) ?? Number.NaN) / first]),
      registrationsPerSecond: figure('events/s', filling),
    },
    [
      `a ledger of ${start} items and one of ${events}, each registered by an event of its own; windows of ${window} events by turns`,
      `custody: the workload of record on ${CIRCULATING} items that came last`,
      'any age: steps on items drawn evenly from all that were registered and not touched since',
    ],
  );
}

function ratios(pairs: readonly Pair[], of: (stretch: Stretch) => number): number[] {
  return pairs.map(([small, grown]) => of(grown) / of(small));
}

function rates(name: string, pairs: readonly Pair[]): Figures {
  return {
    [`${name}AtStart`]: figure(
      'events/s',
      pairs.map(([small]) => rateOf(small)),
    ),
    [`${name}AtEnd`]: figure(
      'events/s',
      pairs.map(([, grown]) => rateOf(grown)),
    ),
  };
}

function shown(pair: Pair | undefined): string {
  return `${(pair ?? []).map((each) => rateOf(each).toFixed(0)).join(', ')} events/s`;
}

function cpuPerEvent({ cpu, count }: Stretch): number {
  return total(cpu) / count.events;
}

/** Registers items, and remembers those that nothing was done with yet. */
class Filler {
  readonly #path: Path;
  /** Items of each device. */
  readonly #untouched = new Map<string, readonly Item[]>();
  #circulating: readonly Duo[] = [];
  #clock = Math.floor(Date.now() / 1000);

  constructor(
    private readonly stage: Stage,
    private readonly load: Load,
  ) {
    this.#path = directPath(stage.relay);
  }

  /** @returns registrations per second */
  async fill(count: number): Promise<number> {
    const rates: number[] = [];
    // In portions: what is signed ahead must fit into memory.
    for (let left = count; left > 0; left -= PORTION)
      rates.push(await this.#register(Math.min(left, PORTION)));
    return median(rates);
  }

  async #register(count: number): Promise<number> {
    const each = Math.ceil(count / this.stage.members.length);
    const duos = duosOf(this.stage.members, each, this.#clock);
    this.#clock += PORTION_SECONDS;
    pairsOf(this.stage.members).forEach((pair, index) => {
      pair.forEach(({ keyId }, which) => {
        const known = this.#untouched.get(keyId) ?? [];
        this.#untouched.set(keyId, [...known, ...(duos[index]?.pools[which] ?? [])]);
      });
    });
    const events = each * this.stage.members.length;
    return rateOf(await ours(this.stage, duos, events, this.#path, this.load));
  }

  /** Brings new items into circulation. */
  async circulate(): Promise<void> {
    const each = Math.ceil(CIRCULATING / this.stage.members.length);
    this.#circulating = duosOf(this.stage.members, each, this.#clock);
    await warmUp(this.#circulating, each, this.#path, this.load);
  }

  /** The workload of `record` on the items in circulation. */
  async custody(events: number): Promise<Stretch> {
    return ours(this.stage, this.#circulating, events, this.#path, this.load);
  }

  /** Steps on items that were registered at any time: inspected twice and handed over. */
  async anyAge(events: number): Promise<Stretch> {
    const { members } = this.stage;
    const each = Math.floor(events / members.length / STEPS_A_WINDOW);
    const duos = pairsOf(members).map(
      ([first, second]) =>
        new Duo([first, second], [this.#draw(first.keyId, each), this.#draw(second.keyId, each)], true),
    );
    const plan = duos.map((duo) => prepareDuo(duo, duo.left, this.load.batch, this.#path));
    return stretch(this.stage, () => closedLoop(plan, this.#path, this.load.inFlight));
  }

  /** Takes items evenly from all that a device registered. */
  #draw(keyId: string, count: number): Item[] {
    const items = this.#untouched.get(keyId) ?? [];
    if (items.length < count) throw new Error('a window larger than what was registered');
    const stride = items.length / count;
    const places = new Set(Array.from({ length: count }, (_, i) => Math.floor(i * stride)));
    this.#untouched.set(
      keyId,
      items.filter((_item, place) => !places.has(place)),
    );
    return items.filter((_item, place) => places.has(place));
  }
}
