import { resolve } from 'node:path';
import { HuilianError } from '@huilian/core';
import { z } from 'zod';
import { areNetworks } from './webhooks/targets.js';

/** `1`, `true`, `yes`, `on` and their opposites. */
const flag = z.stringbool();
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const pauses = list
  .transform((parts) => parts.map(Number))
  .refine(
    (all) => all.length > 0 && all.every((pause) => pause > 0),
    'positive numbers, separated by commas',
  );

/** Every variable of the environment that the gateway reads. The table in docs/configuration.md is made from it. */
export const environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  PORT: whole(0, 65_535).default(8080).describe('Port to listen on; 0 takes a free one.'),
  PUBLIC_URL: url
    .optional()
    .describe(
      'Address that clients use, when it is not `http://HOST:PORT`. Assertions of keys name it as their audience.',
    ),
  HUILIAN_HOME: z.string().default('.huilian').describe('Folder of everything that is kept at run time.'),
  NETWORK_FILE: z
    .string()
    .optional()
    .describe('Description of the running network. Default `HUILIAN_HOME/network/network.json`.'),
  FABRIC_ORGANISATION: z
    .string()
    .default('RecyclingMSP')
    .describe(
      'Organisation that runs this gateway; its peer and its gateway identity in the network file are used.',
    ),
  FABRIC_CERT_FILE: z
    .string()
    .optional()
    .describe('Certificate of the gateway, instead of the one named in the network file.'),
  FABRIC_KEY_FILE: z.string().optional().describe('Private key that goes with FABRIC_CERT_FILE.'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional()
    .describe('MongoDB for the read model. Not set: SQLite in `HUILIAN_HOME/gateway`.'),
  READ_MODEL_DIRECTORY: z
    .string()
    .optional()
    .describe(
      'Folder of the SQLite read model. Default `HUILIAN_HOME/gateway`. Two gateways on one machine take two.',
    ),
  TOKEN_KEY_FILE: z
    .string()
    .optional()
    .describe(
      "P-256 private key (PKCS#8 PEM) that signs access tokens; gateways that share it accept one another's tokens. Default `HUILIAN_HOME/gateway/token-key.pem`, made when missing.",
    ),
  TOKEN_SECONDS: whole(30, 86_400).default(900).describe('Life of an access token, seconds.'),
  OIDC_ISSUER: url
    .optional()
    .describe(
      "OpenID Connect issuer of people's tokens. Not set: a development issuer under `/dev-issuer`, on loopback and outside production only.",
    ),
  OIDC_AUDIENCE: z.string().default('huilian').describe("Audience that people's tokens must name."),
  OIDC_PARTICIPANT_CLAIM: z
    .string()
    .default('huilian_participant')
    .describe("Claim that holds the credit code of the person's participant."),
  OIDC_ROLES_CLAIM: z
    .string()
    .default('huilian_roles')
    .describe("Claim that holds the person's roles, a text or a list; dots go into nested claims."),
  OIDC_OVERSIGHT_ROLE: z
    .string()
    .default('oversight')
    .describe('Role that makes a person a reader for Oversight.'),
  NODE_ENV: z.string().default('development').describe('`production` switches the development issuer off.'),
  TRUST_PROXY: whole(0, 10)
    .default(0)
    .describe('Number of proxies in front of the gateway whose `X-Forwarded-For` is believed.'),
  BODY_BYTES: whole(65_536, 67_108_864)
    .default(4_194_304)
    .describe('Largest body, bytes, before and after inflating.'),
  RATE_PER_MINUTE: whole(1, 1_000_000).default(12_000).describe('Requests a minute for one token.'),
  RATE_PER_MINUTE_ANONYMOUS: whole(1, 1_000_000)
    .default(3_000)
    .describe('Requests a minute for one address without a token.'),
  GROUPS_IN_FLIGHT: whole(1, 400)
    .default(12)
    .describe('Transactions that may be under way at once, while the ledger keeps up.'),
  GROUP_EVENTS: whole(1, 1_000).default(1_000).describe('Most events that are put into one transaction.'),
  QUEUED_BATCHES: whole(1, 100_000)
    .default(512)
    .describe('Batches that may wait; more are turned away with 429.'),
  QUEUED_BYTES: whole(1_048_576, 4_294_967_296)
    .default(67_108_864)
    .describe('Bytes of batches that may wait; more are turned away with 429.'),
  BODIES_AT_ONCE: whole(1, 10_000)
    .default(64)
    .describe('Bodies that may be read at once; more are turned away with 429.'),
  GROUP_WAIT_MS: whole(0, 1_000)
    .default(5)
    .describe('How long a batch waits for company for each transaction that is under way, milliseconds.'),
  READ_MODEL_BEHIND_MS: whole(10, 3_600_000)
    .default(250)
    .describe('How far the read model may be behind, milliseconds; beyond it fewer transactions go at once.'),
  COMMIT_WAIT_MS: whole(100, 300_000)
    .default(30_000)
    .describe('How long a request waits for its commit, milliseconds; later it gets 202.'),
  MIN_BLOCK_WAIT_MS: whole(0, 60_000)
    .default(5_000)
    .describe('How long a read waits for `?minBlock=`, milliseconds.'),
  READY_LAG_BLOCKS: whole(0, 1_000_000)
    .default(20)
    .describe('Blocks that the read model may be behind while the gateway still calls itself ready.'),
  EVENT_STREAMS: whole(1, 100_000).default(500).describe('Event streams that may be open at once.'),
  WEBHOOKS_PER_PARTICIPANT: whole(0, 10_000)
    .default(20)
    .describe('Webhooks that one participant may have; 0 lets nobody register one.'),
  WEBHOOKS_AT_ONCE: whole(2, 1_000)
    .default(64)
    .describe('Deliveries that may be under way at once; receivers that fail or are slow get half of them.'),
  WEBHOOK_TIMEOUT_MS: whole(100, 60_000)
    .default(15_000)
    .describe('How long a receiver may take to answer, milliseconds.'),
  WEBHOOK_RETRY_SECONDS: pauses
    .prefault('5,300,1800,7200,18000,36000,50400,72000,86400')
    .describe('Pauses between attempts, seconds. After the last one the webhook is disabled.'),
  WEBHOOK_NETWORKS: list
    .refine(areNetworks, 'networks such as 10.1.0.0/16, separated by commas')
    .optional()
    .describe('Private networks in which receivers may be, in CIDR notation, separated by commas.'),
  WEBHOOK_CA_FILE: z
    .string()
    .optional()
    .describe("Certificates (PEM) that are trusted for receivers beside Node's own."),
  WEBHOOK_LOOPBACK: flag
    .prefault('false')
    .describe('Development: receivers on this machine are allowed, also by http. Not in production.'),
  WEBHOOK_LEASE_MS: whole(500, 600_000)
    .default(30_000)
    .describe(
      'With MongoDB: after how long another gateway delivers what one that is gone delivered, milliseconds.',
    ),
  STOP_SECONDS: whole(1, 600)
    .default(15)
    .describe('How long requests under way may take after SIGTERM, seconds.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least level of what is logged.'),
  METRICS: flag.default(true).describe('Whether `/metrics` is offered.'),
});

export type Config = z.output<typeof environment> & {
  /** Absolute folder of the gateway's own files. */
  readonly gatewayHome: string;
  readonly networkFile: string;
  readonly readModelDirectory: string;
  readonly tokenKeyFile: string;
};

/**
 * Reads the configuration; variables that are set but empty count as not set.
 *
 * @throws HuilianError HL-4060 whose details name every faulty variable at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = environment.safeParse(given);
  const faults = read.success ? pairFaults(read.data) : faultsOf(read.error);
  if (!read.success || Object.keys(faults).length > 0) throw new HuilianError('HL-4060', faults);
  const values = read.data;
  const home = resolve(values.HUILIAN_HOME);
  const gatewayHome = resolve(home, 'gateway');
  return {
    ...values,
    HUILIAN_HOME: home,
    gatewayHome,
    networkFile: resolve(values.NETWORK_FILE ?? resolve(home, 'network', 'network.json')),
    readModelDirectory: resolve(values.READ_MODEL_DIRECTORY ?? gatewayHome),
    tokenKeyFile: resolve(values.TOKEN_KEY_FILE ?? resolve(gatewayHome, 'token-key.pem')),
  };
}

function faultsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]));
}

function pairFaults(values: z.output<typeof environment>): Record<string, string> {
  const one = (values.FABRIC_CERT_FILE === undefined) !== (values.FABRIC_KEY_FILE === undefined);
  const inProduction = values.WEBHOOK_LOOPBACK && values.NODE_ENV === 'production';
  return {
    ...(one ? { FABRIC_CERT_FILE: 'goes together with FABRIC_KEY_FILE' } : {}),
    ...(inProduction ? { WEBHOOK_LOOPBACK: 'is for development, and NODE_ENV is production' } : {}),
  };
}
