import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import {
  eventRecord,
  openStore,
  Projector,
  readPosition,
  positionOf,
  SqliteStore,
  type Store,
  Views,
  views,
} from '@huilian/gateway-api/model';
import {
  Keyring,
  Poster,
  RetrySchedule,
  Targets,
  WebhookMetrics,
  Webhooks,
  type DeliveryParts,
  type WebhookStoreOptions,
} from '@huilian/gateway-api/webhooks';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { cast, newItem, plantCode, shopCode, smelterCode, type Cast } from '../store/morning.js';
import { ledgerId, start as ledgerTime } from '../store/synthetic-ledger.js';

export { plantCode, shopCode, smelterCode };

/** Settings of one gateway's webhooks. */
export interface RigSettings {
  readonly retrySeconds?: readonly number[];
  readonly timeoutMilliseconds?: number;
  readonly atOnce?: number;
  readonly leaseMilliseconds?: number;
  readonly mostOfOne?: number;
  readonly tokenKey?: TokenKeyPair;
  /** Keys that may not act any more. */
  readonly ended?: ReadonlySet<string>;
}

export type TokenKeyPair = ReturnType<typeof tokenKeyPair>;

export function tokenKeyPair(kid = 'gateway') {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...pair, jwk: { kid } };
}

/**
 * The read model of a ledger, and the webhooks of a gateway on it: everything of a gateway but HTTP and access tokens. Both lie in
 * MongoDB where the place names one.
 */
export interface Rig {
  readonly webhooks: Webhooks;
  readonly metrics: Registry;
  /** Ends when everything that is on the ledger is in the read model. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRig(
  ledger: Cast['ledger'],
  place: Omit<WebhookStoreOptions, 'ledger'>,
  settings: RigSettings = {},
): Promise<Rig> {
  const { mongodbUri } = place;
  const store =
    mongodbUri === undefined
      ? SqliteStore.open(':memory:', views)
      : await openStore({ mongodbUri, directory: '' }, views);
  const projector = new Projector({ store, views, source: ledger, ledger: ledgerId });
  projector.start();
  const targets = new Targets([], true);
  const metrics = new Registry();
  const parts: DeliveryParts & { ledgerHeight: () => Promise<number> } = {
    ledgerId,
    readModel: readModelOf(store, projector),
    keyring: new Keyring(settings.tokenKey ?? defaultKey),
    poster: new Poster({ targets, timeoutMilliseconds: settings.timeoutMilliseconds ?? 10_000 }),
    schedule: new RetrySchedule(settings.retrySeconds ?? [0.05, 0.05, 0.1, 0.2, 0.4, 0.8, 30]),
    standing: async (caller) => {
      if (caller.kind === 'key' && settings.ended?.has(caller.subject) === true)
        throw new HuilianError('HL-3003');
    },
    metrics: new WebhookMetrics(metrics),
    log: pino({ level: 'silent' }),
    ledgerHeight: () => ledger.height(),
  };
  const webhooks = new Webhooks(parts, targets, {
    atOnce: settings.atOnce ?? 16,
    leaseMilliseconds: settings.leaseMilliseconds ?? leaseMilliseconds,
    mostOfOne: settings.mostOfOne ?? 20,
    store: { ...place, ledger: ledgerId },
  });
  const caughtUp = (): Promise<void> => projector.waitFor(ledger.sealed.length - 1, 20_000);
  await caughtUp();
  webhooks.start();
  while (!(await isOpen(webhooks))) await pause(10);
  return {
    webhooks,
    metrics,
    caughtUp,
    async stop() {
      await webhooks.stop();
      await projector.stop();
      await store.close();
    },
  };
}

const defaultKey = tokenKeyPair();
/** Who is not certain to hold a webhook delivers nothing, and the server of these tests may take its time. */
const leaseMilliseconds = 5_000;

function isOpen(webhooks: Webhooks): Promise<boolean> {
  return webhooks.list().then(
    () => true,
    () => false,
  );
}

/** As the gateway's own read model answers; the projector is the real one. */
function readModelOf(store: Store, projector: Projector): DeliveryParts['readModel'] {
  const found = new Views(() => store);
  return {
    height: () => found.height(),
    eventsAfter: (position) => found.eventsAfter(position),
    clocksOf: (item, page) => found.clocksOf(item, page),
    tables: () => found.tables(),
    async *events(after, signal) {
      const place = after === undefined ? undefined : readPosition(after);
      const position = place === undefined ? undefined : positionOf(place);
      for await (const { document, parties } of projector.follow(position, signal))
        yield { record: eventRecord(document), parties };
    },
  };
}

/** A key of a participant as a caller. */
export function callerOf(signer: Signer, creditCode: string, oversight = false) {
  return { kind: 'key', subject: signer.keyId, creditCode, oversight } as const;
}

/** Registers so many items in one batch. @returns their ids */
export function registerItems({ ledger }: Cast, signer: Signer, count: number): string[] {
  const made = Array.from({ length: count }, () => newItem(signer, 'part', 'door'));
  ledger.record([
    signer.batch(
      made.map(({ register }) => register),
      { time: ledgerTime },
    ),
  ]);
  return made.map(({ id }) => id);
}

export { cast };
