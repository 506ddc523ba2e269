import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';
import { down, Home, progressText, up, type NetworkDescription, type OnProgress } from '@huilian/network';
import { administrators } from './administration.js';
import { closingWords } from './closing-words.js';
import { GatewayClient } from './gateway-client.js';
import { freePort, startGateway, type GatewayProcess } from './gateway-process.js';
import { trialHome } from './home.js';
import { TrialAdministration } from './participants.js';
import { accessToken } from './token.js';

/** What runs after {@link startTrial}. */
export interface Trial {
  readonly network: NetworkDescription;
  readonly gateway: GatewayProcess;
  /** Stops the gateway, then the network. The data stay. */
  stop(): Promise<void>;
}

/** One line of progress, in both languages as everything that `npm start` says; the hint is how long it usually takes. */
function say(zh: string, en: string, hint = ''): void {
  process.stderr.write(`  ${zh} · ${en}${hint === '' ? '' : `  (${hint})`}\n`);
}

/** File in which the address of the running gateway is left for the other commands. */
export const addressFile = (): string => Home.fromEnvironment().gatewayAddress;

/**
 * Brings up the network, a gateway, and the participants of the trial. What was started is stopped again when a later
 * step fails or the signal fires.
 *
 * @throws HuilianError HL-8xxx for the network; Error for the gateway; the signal's reason
 */
export async function startTrial(signal?: AbortSignal): Promise<Trial> {
  let gateway: GatewayProcess | undefined;
  const stop = async (): Promise<void> => {
    await gateway?.stop();
    await down();
  };
  try {
    const onProgress: OnProgress = (step, hint) => {
      say(progressText(step, '', 'zh-CN'), progressText(step, '', 'en'), hint);
    };
    // Whoever starts a trial after a change of the source expects the new code.
    const network = await up({ onProgress, deployBuilt: true, ...(signal ? { signal } : {}) });
    signal?.throwIfAborted();
    say('启动网关', 'Starting the gateway', '1 – 3 s');
    const port = await freePort(Number(process.env['PORT'] ?? 8080));
    gateway = await startGateway(
      trialHome.root(),
      port,
      {},
      { ...(signal ? { signal } : {}), onBehind: tellBehind() },
    );
    await writeFile(addressFile(), `${gateway.url}\n`);
    signal?.throwIfAborted();
    say('登记演示企业', 'Entering the demo participants', '1 – 3 s');
    await enterParticipants(network, gateway.url);
    signal?.throwIfAborted();
    return { network, gateway, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const TOLD_EVERY_MS = 5_000;

/** Tells every few seconds how far a read model is that is filled anew; nothing when that takes less. */
function tellBehind(): (blocks: number) => void {
  let told = Date.now();
  return (blocks) => {
    if (Date.now() - told < TOLD_EVERY_MS) return;
    told = Date.now();
    say(`重建读模型，还剩 ${blocks} 个区块`, `Filling the read model, ${blocks} blocks left`);
  };
}

async function enterParticipants(network: NetworkDescription, url: string): Promise<void> {
  const keys = await administrators(network, trialHome.root());
  const oversight = keys.get('oversight-1');
  if (!oversight) throw new Error('no administrator of Oversight');
  const administration = new TrialAdministration(new GatewayClient(url), network.ledger, keys);
  await administration.ensure(await accessToken(url, oversight));
}

/** Fires at Ctrl-C, or when the terminal goes; from now on neither ends this process by itself. */
export function askedToStop(): AbortSignal {
  const asked = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!asked.signal.aborted) say('停止', 'Stopping');
      asked.abort();
    });
  }
  return asked.signal;
}

/**
 * The command `start`: brings everything up and stays until Ctrl-C, then stops what it started.
 *
 * @throws HuilianError HL-8029 when the gateway ended by itself, after everything else was stopped
 */
export async function start(): Promise<void> {
  const began = Date.now();
  const asked = askedToStop();
  try {
    const trial = await startTrial(asked);
    process.stdout.write(closingWords(trial.gateway.url, Math.round((Date.now() - began) / 1000)));
    const ended = await untilAsked(asked, trial.gateway);
    await trial.stop();
    if (ended) throw new HuilianError('HL-8029', { log: trial.gateway.log });
  } catch (error) {
    if (!asked.aborted) throw error;
  }
  say('已停止，数据保留', 'Stopped, the data stay');
}

/** Waits for the signal or the end of the gateway. @returns true when the gateway ended by itself */
async function untilAsked(signal: AbortSignal, gateway: GatewayProcess): Promise<boolean> {
  const { exitCode, signalCode } = gateway.process;
  if (signal.aborted || exitCode !== null || signalCode !== null) return !signal.aborted;
  await Promise.race([once(signal, 'abort'), once(gateway.process, 'exit')]);
  return !signal.aborted;
}
