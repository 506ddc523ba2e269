import { HuilianError } from '@huilian/core';
import { deploy } from '../deploy.js';
import type { NetworkDescription } from '../description.js';
import { doctor } from '../doctor/doctor.js';
import { findingText } from '../doctor/finding.js';
import { down, purge } from '../down.js';
import { enroll } from '../enroll.js';
import { progressText, type OnProgress } from '../progress.js';
import { logs, status } from '../status.js';
import { up } from '../up.js';
import type { CommandLine } from './options.js';
import { usage } from './usage.js';

/** What a command says: lines for a person, a value for `--json`, and the exit code. */
export interface Answer {
  readonly lines: readonly string[];
  readonly value: unknown;
  readonly exit?: number;
}

type Command = (line: CommandLine, onProgress: OnProgress, signal: AbortSignal) => Promise<Answer>;

/** Every command by its name. */
export const commands: Readonly<Record<string, Command>> = {
  up: async (line, onProgress, signal) => describeUp(await up({ ...line, onProgress, signal })),
  deploy: async (line, onProgress) => describeUp(await deploy({ ...line, onProgress })),
  async down(line, onProgress) {
    await down({ ...line, onProgress });
    return { lines: [], value: {} };
  },
  async purge(line, onProgress) {
    await purge({ ...line, onProgress });
    return { lines: [], value: {} };
  },
  async status(line) {
    const network = await status(line);
    const lines = network.processes.map(
      ({ name, pid, ports }) => `${name}\t${pid ?? '-'}\t${ports.join(' ')}`,
    );
    const exit = network.state === 'partly' ? 1 : 0;
    return { lines: [`${network.state}\t${network.home}`, ...lines], value: network, exit };
  },
  async logs(line) {
    const [process] = line.rest;
    const tails = await logs({ ...line, ...(process === undefined ? {} : { process }) });
    const lines = [...tails].flatMap(([name, tail]) => [`==> ${name} <==`, ...tail]);
    return { lines, value: Object.fromEntries(tails) };
  },
  async enroll(line) {
    const [mspId, name] = line.rest;
    const { role } = line;
    if (mspId === undefined || name === undefined || role === undefined) {
      throw new HuilianError('HL-8023', { usage: 'enroll MSPID NAME --role ROLE' });
    }
    const files = await enroll({ ...line, mspId, name, role });
    return { lines: [files.cert, files.key], value: files };
  },
  async doctor(line) {
    const findings = await doctor(line);
    const lines = findings.map((finding) => findingText(finding, line.language));
    return { lines, value: findings, exit: findings.some(({ level }) => level === 'fault') ? 1 : 0 };
  },
  help: (line) => Promise.resolve({ lines: [usage(line.language)], value: {} }),
};

/** Shows progress on standard error, so that standard output is for data. */
export function progressTo(stream: NodeJS.WritableStream, line: CommandLine): OnProgress {
  return (step, hint) => {
    stream.write(`${progressText(step, hint, line.language)}\n`);
  };
}

function describeUp(network: NetworkDescription): Answer {
  const peers = network.organisations.map(({ mspId, peer }) => `${mspId}\t${peer.address}`);
  const orderers = network.orderers.map(({ id, address }) => `${id}\t${address}`);
  return {
    lines: [`ledger\t${network.ledger}`, `chaincode\t${network.chaincodeVersion}`, ...peers, ...orderers],
    value: network,
  };
}
