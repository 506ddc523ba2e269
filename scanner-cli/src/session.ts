import { HuilianError, type Language, type Tag, type TagRow } from '@huilian/core';
import { seconds, type Context } from './context.js';
import { Gateway } from './gateway/index.js';
import { loadKey, type StoredKey } from './keys/index.js';
import type { Queue, QueueOptions } from './queue/index.js';

/** The key that the command works with. @throws HuilianError HL-7020, HL-7022, HL-7023 */
export function keyOf({ config }: Context): Promise<StoredKey> {
  return loadKey(config.deviceHome, config.HUILIAN_KEY);
}

/** What a queue of this command works with. */
export function queueOptions({ config, output, now }: Context): QueueOptions {
  return {
    now,
    gateway: { timeoutMs: config.HUILIAN_TIMEOUT_SECONDS * 1000 },
    mended: (file, kept) => {
      output.warn({ zh: textOf(file, kept, 'zh-CN'), en: textOf(file, kept, 'en') });
    },
  };
}

function textOf(file: string, kept: string, language: Language): string {
  return `HL-7011 ${new HuilianError('HL-7011', { file, kept }).text(language)}`;
}

/** The queue of the command's key. @throws as `openQueue` */
export async function queueOf(context: Context, key?: StoredKey): Promise<Queue> {
  // Loaded here: checking receipts brings much along that reading a tag does without.
  const { openQueue } = await import('./queue/index.js');
  return openQueue(context.config.deviceHome, key ?? (await keyOf(context)), queueOptions(context));
}

/** What was signed until this moment is sealed and may be sent, in seconds since 1970. */
export function sealedBefore(context: Pick<Context, 'config' | 'now'>): number {
  return seconds(context) - 60 * context.config.HUILIAN_SEAL_MINUTES;
}

/** The gateways of the command, in the order given. While there is a next one, a busy one is not asked again. */
export function gatewaysOf({ config }: Context, key?: StoredKey): readonly Gateway[] {
  const timeoutMs = config.HUILIAN_TIMEOUT_SECONDS * 1000;
  return config.HUILIAN_GATEWAY.map((url, place, { length }) => {
    const gateway = new Gateway(url, { timeoutMs, ...(place < length - 1 ? { retries: 0 } : {}) });
    return key ? gateway.use(key) : gateway;
  });
}

/** Errors of a gateway that is dead, busy, none at all, of another ledger, or lacks its peers or its store. */
const AWAY: readonly string[] = [
  'HL-3009',
  'HL-7015',
  'HL-7017',
  'HL-5001',
  'HL-5012',
  'HL-5022',
  'HL-5023',
  'HL-4030',
  'HL-4050',
  'HL-4051',
  'HL-4099',
];

/** True for errors after which the next gateway is asked. */
export function isAway({ code }: HuilianError): boolean {
  return AWAY.includes(code);
}

/**
 * Reads an address from the first gateway that answers.
 *
 * @returns undefined when there is no such thing
 * @throws HuilianError the problem's code; of the last gateway when none answers
 */
export async function read<T>(gateways: readonly Gateway[], path: string): Promise<T | undefined> {
  return firstAnswer(gateways, (gateway) => gateway.get<T>(path));
}

/**
 * Looks up to 200 tags up at the first gateway that answers.
 *
 * @returns their rows, each in the place of its tag; undefined where one is bound to nothing
 * @throws HuilianError as {@link read}
 */
export async function lookUp(
  gateways: readonly Gateway[],
  tags: readonly Tag[],
): Promise<readonly (TagRow | undefined)[]> {
  const found = await firstAnswer(gateways, (gateway) => gateway.tags(tags));
  const rows = new Map(found.map((row) => [`${row.scheme}:${row.value}`, row]));
  return tags.map(({ scheme, value }) => rows.get(`${scheme}:${value}`));
}

async function firstAnswer<T>(
  gateways: readonly Gateway[],
  ask: (gateway: Gateway) => Promise<T>,
): Promise<T> {
  let last: unknown = new HuilianError('HL-7015');
  for (const gateway of gateways) {
    try {
      return await ask(gateway);
    } catch (error) {
      if (!(error instanceof HuilianError) || !isAway(error)) throw error;
      last = error;
    }
  }
  throw last;
}
