import { Duo } from './duo.js';
import type { Item } from './custody.js';
import { total } from './cpu.js';
import { figure, median, report, type Figures } from './figures.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath, type Path } from './paths.js';
import { ours, rateOf, stretch, type Stretch } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { closedLoop, duosOf, pairsOf, prepareDuo, warmUp, type Load } from './workload.js';

export const growthOptions = {
  keep: common.keep,
  events: { default: 300_000, help: 'events, and items, to grow to; 5000000 for the big run' },
  every: { default: 0, help: 'measure after so many further events; 0 for a tenth of the growth' },
  windows: { default: 5, help: 'windows of each kind at each size' },
  window: { default: 40_000, help: 'events in a window' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 1_000, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions under way' },
} as const satisfies OptionTable;

type Options = Values<typeof growthOptions>;

/** The size from which the comparison starts. */
const START = 100_000;
const LEAST = 0.9;
/** Items in circulation at each size. */
const CIRCULATING = 20_000;
/** Inspected, inspected, handed over. */
const STEPS_A_WINDOW = 3;
const PORTION = 50_000;
/** Seconds between portions by the clock of the devices: 390 items a second, a portal that reads hundreds of tags. */
const PORTION_SECONDS = 128;

interface Point {
  readonly events: number;
  /** The workload of `record`, on items that came last. */
  readonly custody: readonly Stretch[];
  /** Steps on items of any age. */
  readonly anyAge: readonly Stretch[];
  /** Rate at which new items were registered since the point before. */
  readonly filling: number;
}

/** The benchmark `growth`: the ledger is filled with items, and on the way the rates of custody are measured. */
export async function growth(options: Options, signal: AbortSignal): Promise<void> {
  const { devices, keep, windows, window } = options;
  await onStage('growth', { devices, keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const filler = new Filler(stage, { batch: options.batch, inFlight: options['in-flight'] });
    const every = options.every || Math.max(window, Math.ceil((options.events - START) / 10));
    const points: Point[] = [];
    let events = Math.min(START, options.events);
    for (let registered = 0; ;) {
      const filling = await filler.fill(events - registered);
      registered = events;
      const custody = await filler.custody(windows, window);
      const anyAge: Stretch[] = [];
      for (let place = 0; place < windows; place++) anyAge.push(await filler.anyAge(window));
      points.push({ events, custody, anyAge, filling });
      say(
        `${events} items, events/s: custody ${median(custody.map(rateOf)).toFixed(0)}, ` +
          `of any age ${median(anyAge.map(rateOf)).toFixed(0)}, registrations ${filling.toFixed(0)}`,
      );
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
  const compared: Figures = end
    ? {
        rateAtEndToRateAtStart: ratio(start.custody, end.custody, rateOf, { atLeast: LEAST }),
        cpuAtEndToCpuAtStart: ratio(start.custody, end.custody, cpuPerEvent),
        anyAgeRateAtEndToRateAtStart: ratio(start.anyAge, end.anyAge, rateOf, { atLeast: LEAST }),
        anyAgeCpuAtEndToCpuAtStart: ratio(start.anyAge, end.anyAge, cpuPerEvent),
        fillingAtEndToFillingAtStart: figure('times', [end.filling / start.filling]),
      }
    : {};
  const rates = points.map(({ events, custody, anyAge, filling }): Figures => {
    return {
      [`eventsPerSecondAt${events}`]: figure('events/s', custody.map(rateOf)),
      [`anyAgeEventsPerSecondAt${events}`]: figure('events/s', anyAge.map(rateOf)),
      [`registrationsPerSecondUpTo${events}`]: figure('events/s', [filling]),
    };
  });
  const figures = Object.assign({}, compared, ...rates) as Figures;
  await report('growth', options.windows, figures, [
    'the size is the number of items that were registered, each by an event of its own, beside those in circulation',
    `windows of ${options.window} events: custody of ${CIRCULATING} items that came last, as in record; then steps on items ` +
      'drawn evenly from all that were registered and not touched since',
  ]);
}

/** Each window at the end to the median of those at the start. */
function ratio(
  start: readonly Stretch[],
  end: readonly Stretch[],
  of: (stretch: Stretch) => number,
  target?: { readonly atLeast: number },
): Figures[string] {
  const base = median(start.map(of));
  const ratios = end.map((each) => of(each) / base);
  return target ? figure('times', ratios, target) : figure('times', ratios);
}

function cpuPerEvent({ cpu, count }: Stretch): number {
  return total(cpu) / count.events;
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

  /** The workload of `record` on new items, in so many windows. */
  async custody(windows: number, events: number): Promise<Stretch[]> {
    const { members } = this.stage;
    const each = Math.ceil(CIRCULATING / members.length);
    const duos = duosOf(members, each, this.#clock);
    await warmUp(duos, each, this.#path, this.load);
    const stretches: Stretch[] = [];
    for (let place = 0; place < windows; place++)
      stretches.push(await ours(this.stage, duos, events, this.#path, this.load));
    return stretches;
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
