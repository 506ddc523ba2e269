import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { down, progressText, up, type NetworkDescription } from '@huilian/network';
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
const language = /^zh/.test(process.env['LANG'] ?? '') ? 'zh-CN' : 'en';

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

/** File in which the address of the running gateway is left for the other commands. */
export const addressFile = (): string => join(trialHome.root(), 'gateway', 'address');

/**
 * Brings up the network, a gateway, and the participants of the trial.
 *
 * @throws HuilianError HL-8xxx for the network; Error for the gateway
 */
export async function startTrial(): Promise<Trial> {
  const network = await up({
    onProgress: (step, usually) => {
      say(progressText(step, usually, language));
    },
  });
  say('网关 · gateway  (usually 1 – 3 s)');
  const port = await freePort(Number(process.env['PORT'] ?? 8080));
  const gateway = await startGateway(trialHome.root(), port);
  await writeFile(addressFile(), `${gateway.url}\n`);
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await down();
  };
  try {
    say('演示企业 · demo participants  (usually 1 – 3 s)');
    await enterParticipants(network, gateway.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { network, gateway, stop };
}

async function enterParticipants(network: NetworkDescription, url: string): Promise<void> {
  const keys = await administrators(network, trialHome.root());
  const oversight = keys.get('oversight-1');
  if (!oversight) throw new Error('no administrator of Oversight');
  const administration = new TrialAdministration(new GatewayClient(url), network.ledger, keys);
  await administration.ensure(await accessToken(url, oversight));
}

/** The command `start`: brings everything up and stays until Ctrl-C, then stops what it started. */
export async function start(): Promise<void> {
  const began = Date.now();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        resolve();
      });
  });
  const trial = await startTrial();
  process.stdout.write(closingWords(trial.gateway.url, Math.round((Date.now() - began) / 1000)));
  await stopped;
  say('停止 · stopping');
  await trial.stop();
  say('已停止，数据保留 · stopped, the data stay');
}
