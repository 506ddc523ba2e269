import { hkdfSync } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import type { TokenKey } from '../auth/token-key.js';
import type { Message } from './payload.js';
import type { Secret } from './webhook.js';

const secretBytes = 32;

/** The headers of Standard Webhooks. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signing secrets. They are derived from the gateway's token key (HKDF with SHA-256, RFC 5869) by webhook and generation and so
 * are in no store, no backup of one and no log. Gateways that share the token key derive the same ones.
 */
export class Keyring {
  readonly #seed: Buffer;
  readonly #kid: string;

  constructor({ privateKey, jwk }: TokenKey) {
    const { d = '' } = privateKey.export({ format: 'jwk' });
    this.#seed = Buffer.from(d, 'base64url');
    this.#kid = jwk.kid;
  }

  /** A secret of this gateway's key. */
  secret(generation: number): Secret {
    return { generation, kid: this.#kid };
  }

  /** Whether this gateway can sign with a secret: it cannot when its token key was replaced. */
  holds({ kid }: Secret): boolean {
    return kid === this.#kid;
  }

  /** A secret as its owner gets it to see once: `whsec_` and base64. */
  reveal(webhook: string, { generation }: Secret): string {
    const info = `huilian webhook secret ${generation}`;
    const bytes = hkdfSync('sha256', this.#seed, webhook, info, secretBytes);
    return `whsec_${Buffer.from(bytes).toString('base64')}`;
  }

  /**
   * Signs a message with every secret that is in force, the newest first.
   *
   * @param now milliseconds since 1970
   */
  sign(webhook: string, secrets: readonly Secret[], message: Message, now: number): SignedHeaders {
    const time = new Date(now);
    const seconds = Math.floor(now / 1000);
    const signatures = inForce(secrets, seconds)
      .filter((secret) => this.holds(secret))
      .map((secret) => new StandardWebhook(this.reveal(webhook, secret)))
      .map((key) => key.sign(message.id, time, message.body));
    return {
      'webhook-id': message.id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatures.join(' '),
    };
  }
}

/** The secrets that sign at a time, seconds since 1970. */
export function inForce(secrets: readonly Secret[], now: number): readonly Secret[] {
  return secrets.filter(({ until }) => until === undefined || until > now);
}
