import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LedgerConnection } from '@huilian/fabric';
import { checkout, connectionOf, purge, status, type NetworkDescription } from '@huilian/network';

/** A home for networks of one file of tests; everything in it is stopped and removed at the end. */
export async function temporaryHome(name: string): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `huilian-${name}-`));
}

/** Stops and removes the network of a home, and the home. */
export async function removeHome(home: string): Promise<void> {
  await purge({ home });
  await rm(home, { recursive: true, force: true });
}

/** Does the work with a connection of one identity to its organisation's own peer. */
export async function as<T>(
  network: NetworkDescription,
  mspId: string,
  name: string,
  work: (connection: LedgerConnection) => Promise<T>,
): Promise<T> {
  const organisation = network.organisations.find((found) => found.mspId === mspId);
  if (organisation === undefined) throw new Error(`no organisation ${mspId}`);
  const connection = await connectionOf(network, organisation, name);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

/** What the chaincode says the ledger is. */
export async function ledgerRow(network: NetworkDescription): Promise<unknown> {
  const bytes = await as(network, 'OversightMSP', 'gateway', (connection) =>
    connection.evaluate('State:ledger', []),
  );
  return JSON.parse(Buffer.from(bytes).toString());
}

/** Waits until all peers have the same blocks: some may be one behind the peer that was asked first. */
export async function everyPeerIsEven(network: NetworkDescription): Promise<void> {
  const heights = (): Promise<number[]> =>
    Promise.all(
      network.organisations.map(({ mspId }) => as(network, mspId, 'gateway', (peer) => peer.height())),
    );
  while (new Set(await heights()).size > 1) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Number of blocks at the peer of Oversight. */
export async function height(network: NetworkDescription): Promise<number> {
  return as(network, 'OversightMSP', 'gateway', (connection) => connection.height());
}

/** Pids of what runs, by name. */
export async function pids(home: string): Promise<Map<string, number>> {
  const { processes } = await status({ home });
  return new Map(processes.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid] as const])));
}

/** Kills one process of the network without warning. */
export async function kill9(home: string, name: string): Promise<void> {
  const pid = (await pids(home)).get(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  process.kill(pid, 'SIGKILL');
  while ((await pids(home)).has(name)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Copies the built chaincode and gives the copy another version and other bytes. */
export async function anotherVersion(directory: string, semver: string): Promise<string> {
  const target = path.join(directory, `bundle-${semver}`);
  await cp(path.join(checkout, 'chaincode', 'bundle'), target, { recursive: true });
  const main = path.join(target, 'main.js');
  const text = `${await readFile(main, 'utf8')}\n// ${semver}\n`;
  await writeFile(main, text);
  const version = `${semver}+sha256.${createHash('sha256').update(text).digest('hex')}`;
  await writeFile(path.join(target, 'bundle.json'), JSON.stringify({ version }));
  return target;
}
