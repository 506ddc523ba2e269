import type { Request } from 'express';
import type { LedgerConnection } from '@huilian/fabric';
import type { Logger } from 'pino';
import type { Authenticator } from './auth/authenticator.js';
import type { Config } from './config.js';
import type { Metrics } from './metrics.js';
import type { ReadModel } from './ports.js';
import type { Readiness } from './readiness.js';
import type { SignerKeys } from './relay/keys.js';
import type { Relay } from './relay/relay.js';
import type { Streams } from './streams.js';
import type { Webhooks } from './webhooks/service.js';

/** What handlers work with. Made once, in `compose.ts`. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly ledger: LedgerConnection;
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledgerId: string;
  readonly readModel: ReadModel;
  readonly signerKeys: SignerKeys;
  readonly relay: Relay;
  readonly authenticator: Authenticator;
  readonly readiness: Readiness;
  readonly streams: Streams;
  readonly webhooks: Webhooks;
  /** The address that clients use, without a slash at its end. */
  readonly origin: (request: Request) => string;
  /** Addresses of the token endpoint that assertions may name. */
  readonly tokenAudiences: () => readonly string[];
}
