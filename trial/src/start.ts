import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { down, progressText, up, type NetworkDescription, type OnProgress } from '@huilian/network';
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

/** Language of the progress lines, from the terminal's locale. */
const language = (process.env['LANG'] ?? '').startsWith('zh') ? 'zh-CN' : 'en';

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

/** File in which the address of the running gateway is left for the other commands. */
export const addressFile = (): string => join(trialHome.root(), 'gateway', 'address');

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
    const onProgress: OnProgress = (step, usually) => {
      say(progressText(step, usually, language));
    };
    // Whoever starts a trial after a change of the source expects the new code.
    const network = await up({ onProgress, deployBuilt: true, ...(signal ? { signal } : {}) });
    signal?.throwIfAborted();
    say('网关 · gateway  (usually 1 – 3 s)');
    gateway = await startGateway(trialHome.root(), await freePort(Number(process.env['PORT'] ?? 8080)));
    await writeFile(addressFile(), `${gateway.url}\n`);
    signal?.throwIfAborted();
    say('演示企业 · demo participants  (usually 1 – 3 s)');
    await enterParticipants(network, gateway.url);
    signal?.throwIfAborted();
    return { network, gateway, stop };
  } catch (error) {
    await stop();
    throw error;
  }
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
      if (!asked.signal.aborted) say('停止 · stopping');
      asked.abort();
    });
  }
  return asked.signal;
}

/** The command `start`: brings everything up and stays until Ctrl-C, then stops what it started. */
export async function start(): Promise<void> {
  const began = Date.now();
  const asked = askedToStop();
  try {
    const trial = await startTrial(asked);
    process.stdout.write(closingWords(trial.gateway.url, Math.round((Date.now() - began) / 1000)));
    await untilAsked(asked, trial.gateway);
    await trial.stop();
  } catch (error) {
    if (!asked.aborted) throw error;
  }
  say('已停止，数据保留 · stopped, the data stay');
}

/** Waits for the signal, or says that the gateway ended by itself. */
async function untilAsked(signal: AbortSignal, gateway: GatewayProcess): Promise<void> {
  if (signal.aborted) return;
  const ended = once(gateway.process, 'exit').then(() => {
    if (!signal.aborted) say(`网关已退出 · the gateway has ended; ${gateway.log}`);
  });
  await Promise.race([once(signal, 'abort'), ended]);
}
