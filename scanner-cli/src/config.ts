import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HuilianError } from '@huilian/core';
import { z } from 'zod';

/** `.huilian` in the checkout, as the network's own default. */
const HOME = fileURLToPath(new URL('../../.huilian', import.meta.url));

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** Every variable of the environment that the scanner reads. */
export const environment = z.object({
  HUILIAN_HOME: z
    .string()
    .optional()
    .describe('Folder of everything that is kept at run time. Default `.huilian` in the checkout.'),
  HUILIAN_DEVICE_HOME: z
    .string()
    .optional()
    .describe('Folder of the keys and queues of this device, under `keys`. Default `HUILIAN_HOME`.'),
  HUILIAN_KEY: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/)
    .default('default')
    .describe('Name of the key to use.'),
  HUILIAN_GATEWAY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(url).min(1).max(8))
    .optional()
    .describe(
      'Addresses of gateways, separated by commas, tried in this order. Default: the gateway that `npm start` left in `HUILIAN_HOME/gateway/address`, else `http://127.0.0.1:8080`.',
    ),
  HUILIAN_TRUST: z
    .string()
    .optional()
    .describe('Trust bundle that `key init` pins. Default `HUILIAN_HOME/network/trust.json`.'),
  HUILIAN_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(40)
    .describe('How long an answer of a gateway may take, seconds.'),
  HUILIAN_SEAL_MINUTES: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_440)
    .default(0)
    .describe(
      'How long what was signed stays on the device, where `huilian queue undo` takes it back, before it may be sent: minutes, such as 15 or a shift.',
    ),
  HUILIAN_OPERATOR: z
    .string()
    .regex(/^[!-~]{1,40}$/)
    .optional()
    .describe('Pseudonymous code of the operator, written into events.'),
  HUILIAN_STATION: z
    .string()
    .regex(/^[!-~]{1,40}$/)
    .optional()
    .describe('Code of the station, written into events.'),
  HUILIAN_IMEI_PEPPER_FILE: z
    .string()
    .optional()
    .describe(
      'File with the pepper of the channel, at least 32 random bytes in hex, the same at all members and secret: `huilian tag imei`, adapters and tables make the tags of telephones with it.',
    ),
  HUILIAN_ADAPTER_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Bearer token that senders of messages need; a must where `adapter serve` listens beyond this machine.',
    ),
  HUILIAN_DEBUG: z.string().optional().describe('Set: errors show their cause and stack.'),
  FORCE_COLOR: z.string().optional().describe('Set: colours even where no terminal is; `0`: none.'),
  NO_COLOR: z.string().optional().describe('Set: no colours (no-color.org).'),
});

export type Config = Omit<
  z.output<typeof environment>,
  'HUILIAN_HOME' | 'HUILIAN_DEVICE_HOME' | 'HUILIAN_GATEWAY'
> & {
  readonly HUILIAN_GATEWAY: readonly string[];
  /** Absolute. */
  readonly HUILIAN_HOME: string;
  /** Absolute. */
  readonly deviceHome: string;
};

/**
 * Reads the configuration; variables that are set but empty count as not set.
 *
 * @throws HuilianError HL-7030 whose details name every faulty variable at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = environment.safeParse(given);
  if (!read.success) {
    throw new HuilianError(
      'HL-7030',
      Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message])),
    );
  }
  const { HUILIAN_HOME, HUILIAN_DEVICE_HOME, HUILIAN_GATEWAY, ...rest } = read.data;
  const home = resolve(HUILIAN_HOME ?? HOME);
  return {
    ...rest,
    HUILIAN_GATEWAY: HUILIAN_GATEWAY ?? [startedGateway(home)],
    HUILIAN_HOME: home,
    deviceHome: resolve(HUILIAN_DEVICE_HOME ?? home),
  };
}

/** The gateway that was started on this machine; two clones have two, on ports of their own. */
function startedGateway(home: string): string {
  const file = join(home, 'gateway', 'address');
  const left = existsSync(file) ? url.safeParse(readFileSync(file, 'utf8').trim()) : undefined;
  return left?.success ? left.data : 'http://127.0.0.1:8080';
}
