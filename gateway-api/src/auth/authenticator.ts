import { decodeJwt, type JWK } from 'jose';
import type { HuilianError } from '@huilian/core';
import { OVERSIGHT, rowKey, type KeyRow } from '@huilian/core';
import { HttpError } from '../http/problem.js';
import type { RowReader } from '../ports.js';
import { checkAssertion } from './assertion.js';
import { anonymous, type Caller } from './caller.js';
import type { People } from './people.js';
import { ReplayGuard } from './replay.js';
import { tokenIssuer, type Tokens } from './tokens.js';

/** Finds out who a bearer token stands for, and gives tokens to keys that prove themselves. */
export class Authenticator {
  private readonly replays = new ReplayGuard();

  constructor(
    private readonly tokens: Tokens,
    private readonly people: People | undefined,
    private readonly rows: RowReader,
    /** Asks the ledger itself for a key that the read model does not have yet. */
    private readonly onLedger: (keyId: string) => Promise<KeyRow | undefined>,
    private readonly now: () => number,
  ) {}

  /**
   * Who asks. A key is looked up at every request, so a revoked one gets nothing from that block on.
   *
   * @throws HttpError HL-4011; HL-3001 to HL-3003 for a key that may not act any more.
   */
  async callerOf(token: string): Promise<Caller> {
    if (token === '') return anonymous;
    const issuer = issuerOf(token);
    if (issuer === tokenIssuer) return this.callerOfKey(await this.tokens.read(token));
    if (this.people !== undefined && issuer === this.people.issuer) return this.people.read(token);
    throw new HttpError('HL-4011');
  }

  /**
   * Gives an access token for an assertion (RFC 7523).
   *
   * @param audiences addresses of the token endpoint.
   */
  async exchange(
    assertion: string,
    audiences: readonly string[],
  ): Promise<{ token: string; seconds: number }> {
    const now = this.now();
    const publicKey = async (keyId: string): Promise<JWK> => ({
      kty: 'EC',
      crv: 'P-256',
      ...(await this.liveKey(keyId)).publicKey,
    });
    const keyId = await checkAssertion(assertion, { audiences, now, replays: this.replays, publicKey });
    return { token: await this.tokens.issue(keyId, now), seconds: this.tokens.seconds };
  }

  /** Whether a caller that was admitted may go on: a long stream outlives the look-up at its beginning. */
  async mayGoOn(caller: Caller): Promise<boolean> {
    return this.requireStanding(caller).then(
      () => true,
      () => false,
    );
  }

  /** @throws HL-3001 to HL-3003 when the caller's key may not act any more, others when that cannot be found out. */
  async requireStanding(caller: Caller): Promise<void> {
    if (caller.kind === 'key') await this.liveKey(caller.subject);
  }

  private async callerOfKey(keyId: string): Promise<Caller> {
    const key = await this.liveKey(keyId);
    return { kind: 'key', subject: keyId, creditCode: key.owner, oversight: key.mspId === OVERSIGHT };
  }

  private async liveKey(keyId: string): Promise<KeyRow> {
    const key = (await this.rows.row(rowKey.key(keyId))) ?? (await this.onLedger(keyId));
    if (key === undefined) throw unauthorised('HL-3001');
    if (key.lastSequence !== undefined) throw unauthorised('HL-3003');
    if (key.validTo !== undefined && key.validTo < this.now()) throw unauthorised('HL-3002');
    return key;
  }
}

function unauthorised(code: 'HL-3001' | 'HL-3002' | 'HL-3003'): HuilianError {
  return new HttpError(code, {}, { extra: { error: 'invalid_client' } });
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw new HttpError('HL-4011');
  }
}
