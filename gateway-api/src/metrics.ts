import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers about the gateway, in the form of Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  readonly groups = new Counter({
    name: 'huilian_groups_total',
    help: 'Transactions by outcome.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly batches = new Counter({
    name: 'huilian_batches_total',
    help: 'Batches in those transactions, by outcome.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly events = new Counter({
    name: 'huilian_events_total',
    help: 'Events in transactions that were committed.',
    registers: [this.registry],
  });
  readonly commit = new Histogram({
    name: 'huilian_commit_seconds',
    help: 'From handing a transaction to the peer until its commit.',
    buckets: [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8],
    registers: [this.registry],
  });
  private readonly requests = new Histogram({
    name: 'huilian_http_seconds',
    help: 'Requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A number that is asked for when somebody looks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** Counts an ended transaction. */
  observeGroup(outcome: string, batches: number, events: number, seconds: number): void {
    this.groups.inc({ outcome });
    this.batches.inc({ outcome }, batches);
    if (outcome !== 'done') return;
    this.events.inc(events);
    this.commit.observe(seconds);
  }

  /** Measures requests under the route's pattern, never under the address itself: that would have no bound. */
  middleware(): RequestHandler {
    return (request, response, next) => {
      const began = performance.now();
      response.once('close', () => {
        const { route } = request as { route?: { path?: unknown } };
        const labels = {
          route: typeof route?.path === 'string' ? route.path : 'none',
          method: request.method,
          status: response.statusCode,
        };
        this.requests.observe(labels, (performance.now() - began) / 1000);
      });
      next();
    };
  }
}
