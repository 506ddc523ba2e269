import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readDescription, Home } from '@huilian/network';
import { administrators } from '../administration.js';
import type { CastMember } from '../cast.js';
import { GatewayClient } from '../gateway-client.js';
import { trialHome } from '../home.js';
import { TrialAdministration } from '../participants.js';
import { addressFile, askedToStop, startTrial } from '../start.js';
import { accessToken } from '../token.js';
import { playMorning } from './morning.js';
import { openStations } from './stations.js';
import { Story } from './story.js';

/** Address of the trial that is running on this machine, if one is. */
async function running(): Promise<string | undefined> {
  if (!existsSync(addressFile())) return undefined;
  const url = readFileSync(addressFile(), 'utf8').trim();
  try {
    return (await fetch(`${url}/readyz`)).ok ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The command `demo`: one morning on the running trial, or on one that is started for it and stopped afterwards, at Ctrl-C,
 * too.
 *
 * @throws Error naming the step that did not go as told
 */
export async function demo(): Promise<void> {
  const url = await running();
  if (url !== undefined) {
    await play(url);
    return;
  }
  const asked = askedToStop();
  try {
    const trial = await startTrial(asked);
    try {
      await Promise.race([play(trial.gateway.url), interrupted(asked)]);
    } finally {
      await trial.stop();
    }
    process.stdout.write('地址在 npm start 运行时可以打开。 The addresses open while npm start runs.\n');
  } catch (error) {
    if (!asked.aborted) throw error;
    process.exitCode = INTERRUPTED;
  }
}

/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

async function interrupted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

/** Plays the morning through the gateway of a running trial. */
async function play(gateway: string): Promise<void> {
  const language = (process.env['LANG'] ?? '').startsWith('zh') ? 'zh-CN' : 'en';
  const home = trialHome.root();
  const network = await readDescription(new Home(home));
  const keys = await administrators(network, home);
  const oversight = keys.get('oversight-1');
  if (!oversight) throw new Error('no administrator of Oversight');
  const token = await accessToken(gateway, oversight);
  const administration = new TrialAdministration(new GatewayClient(gateway), network.ledger, keys);
  const { stations, keys: stationKeys } = await openStations(home, gateway, administration, token);
  const keyIds = Object.fromEntries(
    Object.entries(stationKeys).map(([name, { keyId }]) => [name, keyId]),
  ) as Record<CastMember, string>;
  const story = new Story(language, (text) => process.stdout.write(text));
  await playMorning({ home, url: gateway, language, story, stations, keyIds, token });
  process.stdout.write('\n');
}
