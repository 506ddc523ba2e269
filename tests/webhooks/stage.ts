import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Kind } from '../store/sites.js';
import { Receiver, takes } from './receiver.js';
import { callerOf, cast, plantCode, startRig, type Rig, type RigSettings } from './rig.js';

export const patience = { timeout: 30_000, interval: 20 };
/** Long enough for what must not happen. */
export const aWhile = 400;
export const everything = { eventTypes: [], items: [] };

const setUpMilliseconds = 300_000;

/** For each test a ledger, a place for webhooks and read model, and as many gateways and receivers as it asks for. */
export class WebhookStage {
  people!: ReturnType<typeof cast>;
  plant!: ReturnType<typeof callerOf>;
  #place!: { mongodbUri?: string | undefined; directory: string };
  readonly #rigs: Rig[] = [];
  readonly #receivers: Receiver[] = [];

  constructor(kind: Kind) {
    beforeAll(() => kind.start(), setUpMilliseconds);
    afterAll(() => kind.dispose());
    beforeEach(() => {
      this.#place = kind.site().options;
      this.people = cast();
      this.plant = callerOf(this.people.plant, plantCode);
    });
    afterEach(async () => {
      await Promise.all(this.#rigs.splice(0).map((rig) => rig.stop()));
      await Promise.all(this.#receivers.splice(0).map((receiver) => receiver.down().catch(() => undefined)));
    });
  }

  async rig(settings: RigSettings = {}): Promise<Rig> {
    const started = await startRig(this.people.ledger, this.#place, settings);
    this.#rigs.push(started);
    return started;
  }

  async receiver(answer = takes): Promise<Receiver> {
    const started = await Receiver.start(answer);
    this.#receivers.push(started);
    return started;
  }

  async stop(started: Rig): Promise<void> {
    this.#rigs.splice(this.#rigs.indexOf(started), 1);
    await started.stop();
  }
}
