import { decodeJwt, jwtVerify, type JWK, type JWTPayload } from 'jose';
import { HttpError } from '../http/problem.js';
import type { ReplayGuard } from './replay.js';

/** Longest life of an assertion, seconds. */
const longestLife = 300;
/** How far a device's clock may be off, seconds. */
const tolerance = 30;
const keyIdForm = /^[A-Za-z0-9_-]{43}$/;
const longestAssertion = 4_096;

interface AssertionContext {
  /** Addresses of the token endpoint as clients may write them. */
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  readonly replays: ReplayGuard;
  /** The public key behind a key id, when the key may act. Throws when it is unknown, revoked or expired. */
  publicKey(keyId: string): Promise<JWK>;
}

/**
 * Checks a JWT that a key holder made to prove its key (RFC 7523 section 3, `private_key_jwt`): ES256, iss = sub = key id,
 * aud = the token endpoint, exp within five minutes, a jti that was not seen before.
 *
 * @returns the key id.
 * @throws HttpError HL-4012 or HL-4013; HL-3001 to HL-3003 from the look-up of the key.
 */
export async function checkAssertion(assertion: string, context: AssertionContext): Promise<string> {
  const keyId = issuerOf(assertion);
  const jwk = await context.publicKey(keyId);
  const claims = await verified(assertion, jwk, keyId, context);
  const expires = claims.exp ?? 0;
  if (expires > context.now + longestLife + tolerance) throw invalid('exp is more than five minutes ahead');
  if (typeof claims.jti !== 'string' || claims.jti === '' || claims.jti.length > 128)
    throw invalid('jti is missing or too long');
  const seen = context.replays.note(`${keyId} ${claims.jti}`, expires + tolerance, context.now);
  if (seen === 'replayed') throw new HttpError('HL-4013');
  if (seen === 'full') throw new HttpError('HL-4030');
  return keyId;
}

function issuerOf(assertion: string): string {
  if (assertion.length > longestAssertion) throw invalid('too long');
  let claims: JWTPayload;
  try {
    claims = decodeJwt(assertion);
  } catch {
    throw invalid('not a JWT');
  }
  if (claims.iss === undefined || claims.iss !== claims.sub)
    throw invalid('iss and sub must both be the key id');
  if (!keyIdForm.test(claims.iss)) throw invalid('iss is not a key id');
  return claims.iss;
}

async function verified(
  assertion: string,
  jwk: JWK,
  keyId: string,
  context: AssertionContext,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, jwk, {
      algorithms: ['ES256'],
      issuer: keyId,
      subject: keyId,
      audience: [...context.audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: tolerance,
      currentDate: new Date(context.now * 1000),
    });
    return payload;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'not valid', error);
  }
}

function invalid(reason: string, cause?: unknown): HttpError {
  return new HttpError('HL-4012', { reason }, { extra: { error: 'invalid_client' } }, { cause });
}
