import { connect } from 'node:net';
import { HuilianError } from '@huilian/core';
import { LedgerError, type LedgerConnection } from '@huilian/fabric';
import type { OrderingService } from './network-file.js';
import type { Check } from './readiness.js';
import type { RecordGroup } from './relay/outcome.js';

/** Endorsing costs two peers some milliseconds, so one answer serves for this long. */
const freshMilliseconds = 3_000;
const connectMilliseconds = 2_000;
/** How long a lost transaction counts: a gateway that gets no more batches must find its way back. */
const lostMilliseconds = 15_000;

/** What became of the last transaction that was sent: an orderer may take connections and order nothing. */
export class Submissions {
  private lost: { readonly at: number; readonly error: HuilianError } | undefined;

  /** Records as before, and remembers when an outcome stayed unknown. */
  watch(record: RecordGroup): RecordGroup {
    return async (batches) => {
      const outcome = await record(batches);
      if (outcome.kind === 'done') this.lost = undefined;
      if (outcome.kind === 'failed' && isLost(outcome.error))
        this.lost = { at: performance.now(), error: outcome.error };
      return outcome;
    };
  }

  /** Why the last transaction may not be recorded, if that was just now. */
  get fault(): HuilianError | undefined {
    const { lost } = this;
    return lost !== undefined && performance.now() - lost.at < lostMilliseconds ? lost.error : undefined;
  }
}

function isLost(error: unknown): error is LedgerError {
  return error instanceof LedgerError && error.kind === 'unknownOutcome';
}

/** Whether a batch could be recorded now, which reading does not show. */
export function recordingChecks(
  ledger: Pick<LedgerConnection, 'attest'>,
  ordering: OrderingService,
  submissions: Submissions,
): readonly Check[] {
  return [
    {
      name: 'endorsement',
      freshMilliseconds,
      // A query that is endorsed like any transaction, by Oversight and another, and never submitted.
      probe: async () => ({ endorsers: (await ledger.attest('State:ledger', [])).endorsements.length }),
    },
    { name: 'ordering', probe: () => probeOrdering(ordering, submissions) },
  ];
}

async function probeOrdering(
  { addresses, needed }: OrderingService,
  { fault }: Submissions,
): Promise<{ orderers: number }> {
  const reached = (await Promise.all(addresses.map(isReachable))).filter(Boolean).length;
  if (reached < needed) throw new HuilianError('HL-5002', { reached, needed });
  if (fault !== undefined) throw fault;
  return { orderers: reached };
}

/** True when somebody takes a connection at `host:port`. */
function isReachable(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: connectMilliseconds });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket
      .once('connect', () => {
        end(true);
      })
      .once('timeout', () => {
        end(false);
      })
      .once('error', () => {
        end(false);
      });
  });
}
