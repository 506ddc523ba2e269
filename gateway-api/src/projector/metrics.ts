import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Projector, ProjectorObserver } from './projector.js';

/** Blocks that are older than this when they become visible are being caught up with; they say nothing of the lag. */
const freshSeconds = 60;

/** Counts what a projector does. Give `observer` to the projector, then the projector to `watch`. */
export function projectorMetrics(registry: Registry): {
  readonly observer: ProjectorObserver;
  watch(projector: Projector): void;
} {
  const registers = [registry];
  const events = new Counter({
    name: 'huilian_projector_events_total',
    help: 'Events that became visible in the read model.',
    registers,
  });
  const interruptions = new Counter({
    name: 'huilian_projector_interruptions_total',
    help: 'Times that projecting stopped, by error code.',
    labelNames: ['code'],
    registers,
  });
  const work = new Histogram({
    name: 'huilian_projector_block_seconds',
    help: 'Folding and storing one block.',
    buckets: [0.002, 0.01, 0.05, 0.2, 1, 5],
    registers,
  });
  const visible = new Histogram({
    name: 'huilian_projector_visible_seconds',
    help: 'From the ledger time of a fresh block until it is visible.',
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers,
  });
  return {
    observer: {
      applied(block) {
        events.inc(block.events);
        work.observe(block.milliseconds / 1_000);
        if (block.seconds < freshSeconds) visible.observe(block.seconds);
      },
      interrupted(error) {
        interruptions.inc({ code: error.code });
      },
    },
    watch(projector) {
      watchHeight(registry, projector);
    },
  };
}

function watchHeight(registry: Registry, projector: Projector): void {
  new Gauge({
    name: 'huilian_projector_height',
    help: 'Number of the last block in the read model.',
    registers: [registry],
    collect() {
      this.set(projector.height);
    },
  });
  new Gauge({
    name: 'huilian_projector_lag_blocks',
    help: 'Blocks on the ledger that are not in the read model; NaN while no peer answers.',
    registers: [registry],
    async collect() {
      this.set((await projector.lag()).blocks ?? NaN);
    },
  });
}
