import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { LedgerError, type LedgerConnection } from '@huilian/fabric';
import { connectionOf } from './connection.js';
import { required, type NetworkDescription } from './description.js';

/** Asks until the network answers; throws when it does not. */
export type ReadyCheck = (network: NetworkDescription, signal?: AbortSignal) => Promise<void>;

/** Says which ledger this is. Writes once, on a new ledger; afterwards it changes nothing and still commits. */
const found = 'Administration:foundLedger';
const ask = 'State:ledger';

const timeoutMs = 60_000;
const pauseMs = 100;
/** Short: it is asked again until there is an answer. */
export const probeDeadlines = { evaluate: 5_000, endorse: 5_000, submit: 5_000, status: 10_000 };

/**
 * Ready means that every peer reaches the chaincode of every organisation and that a transaction is committed. Open
 * ports mean little: for seconds after a start peers do not know one another, or the orderers have no leader. On a new
 * network the transaction writes the ledger's own name, which every batch repeats.
 * @throws HL-8010 when that did not happen within a minute, HL-8012 when it is the chaincode that does not answer
 */
export const committed: ReadyCheck = async (network, signal) => {
  const deadline = Date.now() + timeoutMs;
  const everyone = network.organisations.map(({ mspId }) => mspId);
  await Promise.all(
    network.organisations.map(async (organisation) =>
      using(await connectionOf(network, organisation, 'gateway', probeDeadlines), async (connection) => {
        await retry(deadline, signal, () => connection.attest(ask, [], everyone));
      }),
    ),
  );
  const oversight = network.organisations.find(({ mspId }) => mspId === required);
  if (oversight === undefined) throw new HuilianError('HL-8021', { mspId: required });
  await using(await connectionOf(network, oversight, 'administrator', probeDeadlines), async (connection) => {
    await retry(deadline, signal, () => connection.submit(found, [network.ledger]));
  });
};

async function retry(
  deadline: number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<unknown>,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      // The chaincode has answered; asking again changes nothing.
      if (error.kind === 'inadmissible') throw error;
      if (Date.now() > deadline) throw gaveUp(error);
      await sleep(pauseMs);
    }
  }
}

function gaveUp(error: LedgerError): HuilianError {
  const code = error.kind === 'noChaincode' ? 'HL-8012' : 'HL-8010';
  return new HuilianError(code, { reason: error.message }, { cause: error });
}

async function using(
  connection: LedgerConnection,
  work: (connection: LedgerConnection) => Promise<void>,
): Promise<void> {
  try {
    await work(connection);
  } finally {
    connection.close();
  }
}
