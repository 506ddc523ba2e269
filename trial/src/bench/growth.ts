import { Duo } from './duo.js';
import type { Item } from './custody.js';
import { figure, median, report } from './figures.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath, type Path } from './paths.js';
import { ours, rateOf, stretch } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { closedLoop, duosOf, pairsOf, prepareDuo, type Load } from './workload.js';

export const growthOptions = {
  keep: common.keep,
  events: { default: 300_000, help: 'events, and items, to grow to; 5000000 for the big run' },
  every: { default: 0, help: 'measure after so many further events; 0 for a tenth of the growth' },
  windows: { default: 3, help: 'windows at each measurement' },
  window: { default: 20_000, help: 'events in a window' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 1_000, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions under way' },
} as const satisfies OptionTable;

type Options = Values<typeof growthOptions>;

/** The size from which the comparison starts. */
const START = 100_000;
const LEAST = 0.9;
/** Inspected, inspected, handed over. */
const STEPS_A_WINDOW = 3;
const PORTION = 50_000;
/** Seconds between portions by the clock of the devices: 390 items a second, a portal that reads hundreds of tags. */
const PORTION_SECONDS = 128;

interface Point {
  readonly events: number;
  readonly rates: readonly number[];
  /** Rate at which new items were registered since the point before. */
  readonly filling: number;
}

/** The benchmark `growth`: the ledger is filled with items, and on the way the rate of steps on old ones is measured. */
export async function growth(options: Options, signal: AbortSignal): Promise<void> {
  const { devices, keep } = options;
  await onStage('growth', { devices, keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const filler = new Filler(stage, { batch: options.batch, inFlight: options['in-flight'] });
    const every = options.every || Math.max(options.window, Math.ceil((options.events - START) / 10));
    const points: Point[] = [];
    let events = Math.min(START, options.events);
    for (let registered = 0; ;) {
      const filling = await filler.fill(events - registered);
      registered = events;
      const rates: number[] = [];
      for (let window = 0; window < options.windows; window++)
        rates.push(await filler.window(options.window));
      points.push({ events, rates, filling });
      say(`${events} items: ${median(rates).toFixed(0)} events/s; they came at ${filling.toFixed(0)}`);
      if (events >= options.events) break;
      events = Math.min(options.events, events + every);
    }
    await tell(points, options);
  });
}

async function tell(points: readonly Point[], options: Options): Promise<void> {
  const [start, ...later] = points;
  const end = later.at(-1);
  if (!start) throw new Error('nothing was measured');
  const base = median(start.rates);
  const compared = end && {
    rateAtEndToRateAtStart: figure(
      'times',
      end.rates.map((rate) => rate / base),
      { atLeast: LEAST },
    ),
    fillingAtEndToFillingAtStart: figure('times', [end.filling / start.filling]),
  };
  const rates = points.map(
    ({ events, rates }) => [`eventsPerSecondAt${events}`, figure('events/s', rates)] as const,
  );
  const fillings = points.map(
    ({ events, filling }) => [`registrationsPerSecondUpTo${events}`, figure('events/s', [filling])] as const,
  );
  await report('growth', options.windows, { ...compared, ...Object.fromEntries([...rates, ...fillings]) }, [
    'the size is the number of items, each of them registered by an event of its own',
    `windows of ${options.window} events on items drawn evenly from all that were registered and not touched since`,
  ]);
}

/** Registers items, and remembers those that nothing was done with yet. */
class Filler {
  readonly #path: Path;
  /** Items of each device. */
  readonly #untouched = new Map<string, readonly Item[]>();
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

  /** Steps on items that were registered at any time: inspected twice and handed over. @returns events per second */
  async window(events: number): Promise<number> {
    const { members } = this.stage;
    const each = Math.ceil(events / members.length / STEPS_A_WINDOW);
    const duos = pairsOf(members).map(
      ([first, second]) =>
        new Duo([first, second], [this.#draw(first.keyId, each), this.#draw(second.keyId, each)], true),
    );
    const plan = duos.map((duo) => prepareDuo(duo, duo.left, this.load.batch, this.#path));
    return rateOf(await stretch(this.stage, () => closedLoop(plan, this.#path, this.load.inFlight)));
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
