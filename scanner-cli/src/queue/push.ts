import { setTimeout as pause } from 'node:timers/promises';
import {
  batchBytes,
  HuilianError,
  MAX_GROUP_BATCHES,
  MAX_GROUP_BYTES,
  type ErrorCode,
  type SignedBatch,
} from '@huilian/core';
import type { BatchResult, Gateway } from '../gateway/index.js';
import type { Closing, Place, Settled } from './entries.js';
import type { Lane } from './lane.js';
import { attestedHead, checkHead, prove, proveFork, type Checking, type Proved } from './receipts.js';
import type { GatewayOutcome, GatewayReport, PushProgress, Stopped } from './types.js';

/** What pushing does to the queue. */
export interface PushedQueue {
  lane(): Lane;
  markSent(upTo: number): void;
  settle(batches: readonly Settled[]): void;
  close(code: Closing): void;
  /** After a recovery: links again what follows the attested head. */
  relink(head: Place): void;
}

export interface PushOptions extends Checking {
  /** How long a batch may be under way at one gateway before the next is asked, milliseconds. */
  readonly underWayMs: number;
  readonly onProgress?: ((progress: PushProgress) => void) | undefined;
}

/** How gateways fared, and why the first batch that stays was not taken. */
export interface Pushed {
  readonly gateways: readonly GatewayReport[];
  readonly stopped?: Omit<Stopped, 'sequence'>;
}

/** Receipts that are asked for at once. */
const RECEIPTS_AT_ONCE = 8;
const UNDER_WAY_PAUSE_MS = 500;
/** Room for what stands around the batches in a request. */
const FRAME_BYTES = 2 + MAX_GROUP_BATCHES;

/** Errors of the device itself: another gateway does not help. */
const OWN: readonly ErrorCode[] = ['HL-7010', 'HL-7012', 'HL-7013'];
const OUTCOMES: Readonly<Partial<Record<ErrorCode, GatewayOutcome>>> = {
  'HL-7015': 'offline',
  'HL-7016': 'untrue',
  'HL-7017': 'strange',
};

/**
 * Sends what waits, in order, to the first gateway that works, and turns to the next when one is dead, lies, or does not
 * take a batch. A batch is settled only against a receipt that was checked here.
 *
 * @throws HuilianError HL-7010, HL-7012, HL-7013 of the queue itself
 */
export async function pushAll(
  queue: PushedQueue,
  gateways: readonly Gateway[],
  options: PushOptions,
): Promise<Pushed> {
  const reports: GatewayReport[] = [];
  let stopped: HuilianError | undefined;
  for (const gateway of gateways) {
    const { pending, stranded, closed } = queue.lane();
    if (closed || pending.length + stranded.length === 0) break;
    const error = await pushThrough(queue, gateway, options);
    reports.push(reportOf(gateway.url, error));
    stopped = moreTelling(stopped, error);
    if (error?.code === 'HL-7014' || error?.code === 'HL-3010') queue.close(error.code);
  }
  const { pending, closed } = queue.lane();
  const error = stopped ?? new HuilianError(closed ?? 'HL-7015');
  return {
    gateways: reports,
    ...(pending.length > 0 ? { stopped: { code: error.code, details: error.details } } : {}),
  };
}

async function pushThrough(
  queue: PushedQueue,
  gateway: Gateway,
  options: PushOptions,
): Promise<HuilianError | undefined> {
  try {
    const head = await attestedHead(gateway, queue.lane().received, options);
    if (head) {
      checkHead(queue.lane(), head);
      queue.relink(head);
    }
    for (let lane = queue.lane(); lane.pending.length > 0; lane = queue.lane()) {
      await pushChunk(queue, gateway, chunkOf(lane.pending), options);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof HuilianError) || OWN.includes(error.code)) throw error;
    return error;
  }
}

async function pushChunk(
  queue: PushedQueue,
  gateway: Gateway,
  batches: readonly SignedBatch[],
  options: PushOptions,
): Promise<void> {
  queue.markSent(batches.at(-1)?.header.sequence ?? 0);
  const results = await submitted(gateway, batches, options.underWayMs);
  const recorded = results.findIndex(({ status }) => status !== 'recorded' && status !== 'known');
  const claimed = batches.slice(0, recorded < 0 ? batches.length : recorded);
  const { proved, failure } = await proveAll(gateway, claimed, results, options);
  queue.settle(proved.map(({ settled }) => settled));
  options.onProgress?.({
    gateway: gateway.url,
    settled: proved.length,
    waiting: queue.lane().pending.length,
  });
  for (const { head } of proved) checkHead(queue.lane(), head);
  if (failure !== undefined) throw failure;
  const [batch, result] = [batches[recorded], results[recorded]];
  if (batch && result) throw await reasonOf(gateway, batch, result, options);
}

/** Receipts for batches that the gateway says are recorded: of the first ones in order, up to the first that fails. */
async function proveAll(
  gateway: Gateway,
  batches: readonly SignedBatch[],
  results: readonly BatchResult[],
  options: PushOptions,
): Promise<{ proved: readonly Proved[]; failure?: Error }> {
  const proved: Proved[] = [];
  for (let at = 0; at < batches.length; at += RECEIPTS_AT_ONCE) {
    const some = await Promise.allSettled(
      batches.slice(at, at + RECEIPTS_AT_ONCE).map(async (batch, place) => {
        const result = results[at + place];
        if (!result) throw new HuilianError('HL-7017', { gateway: gateway.url });
        return prove(gateway, batch, result, options);
      }),
    );
    for (const one of some) {
      if (one.status === 'rejected') return { proved, failure: one.reason as Error };
      proved.push(one.value);
    }
  }
  return { proved };
}

/** Sends until the gateway knows the outcome. Sending the same bytes again is safe. */
async function submitted(
  gateway: Gateway,
  batches: readonly SignedBatch[],
  waitMs: number,
): Promise<readonly BatchResult[]> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const results = await gateway.submit(batches);
    if (results.every(({ status }) => status !== 'queued')) return results;
    if (performance.now() > deadline) return results;
    await pause(UNDER_WAY_PAUSE_MS);
  }
}

/** Why a batch was not recorded. A fork is believed only when a receipt shows it. */
async function reasonOf(
  gateway: Gateway,
  batch: SignedBatch,
  result: BatchResult,
  options: PushOptions,
): Promise<HuilianError> {
  const { sequence } = batch.header;
  if (result.status === 'fork') {
    await proveFork(gateway, batch, options);
    return new HuilianError('HL-3010', { sequence });
  }
  if (result.status === 'queued') return new HuilianError('HL-5011', { sequence });
  if (result.code === undefined) return new HuilianError('HL-7017', { gateway: gateway.url, field: 'code' });
  return new HuilianError(result.code, { ...result.facts, sequence });
}

/** The first batches that fit one request. */
export function chunkOf(pending: readonly SignedBatch[]): readonly SignedBatch[] {
  let bytes = FRAME_BYTES;
  let count = 0;
  for (const batch of pending.slice(0, MAX_GROUP_BATCHES)) {
    bytes += batchBytes(batch).length;
    if (count > 0 && bytes > MAX_GROUP_BYTES) break;
    count += 1;
  }
  return pending.slice(0, count);
}

function reportOf(url: string, error: HuilianError | undefined): GatewayReport {
  if (error === undefined) return { url, outcome: 'used' };
  return { url, outcome: OUTCOMES[error.code] ?? 'refused', code: error.code, details: error.details };
}

/** What a gateway said of the batch tells more than that another one was dead. */
function moreTelling(
  before: HuilianError | undefined,
  error: HuilianError | undefined,
): HuilianError | undefined {
  if (error === undefined) return before;
  if (before === undefined) return error;
  return rank(error) >= rank(before) ? error : before;
}

function rank({ code }: HuilianError): number {
  if (code === 'HL-7014' || code === 'HL-3010') return 3;
  if (code.startsWith('HL-3')) return 2;
  return code === 'HL-7015' ? 0 : 1;
}
