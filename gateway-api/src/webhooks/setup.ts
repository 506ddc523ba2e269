import { readFileSync } from 'node:fs';
import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import type { TokenKey } from '../auth/token-key.js';
import type { Config } from '../config.js';
import type { Metrics } from '../metrics.js';
import type { ReadModel } from '../ports.js';
import { WebhookMetrics } from './metrics.js';
import { Poster } from './post.js';
import { RetrySchedule } from './schedule.js';
import { Keyring } from './secrets.js';
import { Webhooks } from './service.js';
import { Targets } from './targets.js';

interface Surroundings {
  readonly config: Config;
  readonly key: TokenKey;
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledgerId: string;
  readonly ledger: Pick<LedgerConnection, 'height'>;
  readonly readModel: ReadModel;
  readonly standing: (caller: Caller) => Promise<void>;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** The webhooks of a gateway, by its configuration. @throws HuilianError HL-4060 when WEBHOOK_CA_FILE cannot be read */
export function webhooksOf(surroundings: Surroundings): Webhooks {
  const { config, key, ledgerId, ledger, readModel, standing, metrics, log } = surroundings;
  const targets = new Targets(config.WEBHOOK_NETWORKS ?? [], config.WEBHOOK_LOOPBACK);
  const poster = new Poster({
    targets,
    timeoutMilliseconds: config.WEBHOOK_TIMEOUT_MS,
    ca: config.WEBHOOK_CA_FILE === undefined ? undefined : certificates(config.WEBHOOK_CA_FILE),
  });
  const parts = {
    ledgerId,
    readModel,
    keyring: new Keyring(key),
    poster,
    schedule: new RetrySchedule(config.WEBHOOK_RETRY_SECONDS),
    standing,
    metrics: new WebhookMetrics(metrics.registry),
    log,
    ledgerHeight: () => ledger.height(),
  };
  return new Webhooks(parts, targets, {
    atOnce: config.WEBHOOKS_AT_ONCE,
    leaseMilliseconds: config.WEBHOOK_LEASE_MS,
    mostOfOne: config.WEBHOOKS_PER_PARTICIPANT,
    store: {
      mongodbUri: config.MONGODB_URI,
      directory: config.readModelDirectory,
      ledger: ledgerId,
    },
  });
}

function certificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-4060', { WEBHOOK_CA_FILE: reason }, { cause });
  }
}
