import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { readPosition } from '../views/position.js';
import type { Endpoint, State } from './endpoint.js';
import type { Outcome } from './post.js';

const states: readonly State[] = ['enabled', 'failing', 'disabled'];

/** What is measured sees the deliveries from outside. */
interface Watched {
  readonly endpoints: Iterable<Endpoint>;
  readonly tail: string | undefined;
  height(): Promise<number>;
}

/** Numbers about webhooks. None names a webhook: their number has no bound. */
export class WebhookMetrics {
  private readonly attempts: Counter;
  private readonly seconds: Histogram;

  constructor(private readonly registry: Registry) {
    this.attempts = new Counter({
      name: 'huilian_webhook_deliveries_total',
      help: 'Attempts to deliver, by outcome: delivered, or the code of the failure.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'huilian_webhook_seconds',
      help: 'How long receivers took, by outcome.',
      labelNames: ['outcome'],
      buckets: [0.02, 0.1, 0.5, 1, 5, 15],
      registers: [registry],
    });
  }

  attempted(outcome: Outcome, seconds: number): void {
    const labels = { outcome: outcome.delivered ? 'delivered' : outcome.code };
    this.attempts.inc(labels);
    this.seconds.observe(labels, seconds);
  }

  watch(watched: Watched): void {
    new Gauge({
      name: 'huilian_webhooks',
      help: 'Webhooks by state, as this gateway knows them.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        for (const state of states) this.set({ state }, of(watched, state).length);
      },
    });
    new Gauge({
      name: 'huilian_webhook_lag_blocks',
      help: 'Blocks of the read model that the webhook furthest behind has not seen yet, by state.',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        const height = await watched.height().catch(() => undefined);
        for (const state of states) this.set({ state }, lag(of(watched, state), height, watched.tail));
      },
    });
  }
}

function of({ endpoints }: Watched, state: State): Endpoint[] {
  return [...endpoints].filter((endpoint) => endpoint.state === state);
}

function lag(endpoints: readonly Endpoint[], height: number | undefined, tail: string | undefined): number {
  const behind = endpoints
    .filter(({ caughtUp }) => !caughtUp)
    .map((endpoint) => (height ?? 0) - (readPosition(endpoint.position(tail))?.block ?? 0));
  return Math.max(0, ...behind);
}
