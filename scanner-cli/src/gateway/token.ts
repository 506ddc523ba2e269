import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { StoredKey } from '../keys/index.js';
import { answers, readAnswer } from './answers.js';
import type { Http } from './http.js';

/** A token is asked for anew this long before it ends, seconds. */
const MARGIN = 30;

/** A token and when it is to be replaced, seconds since 1970. */
export interface HeldToken {
  readonly token: string;
  readonly until: number;
}

/**
 * Gets an access token for a key by signing a JWT with it (private_key_jwt, RFC 7523 section 2.2).
 *
 * @throws HuilianError HL-3001 to HL-3003 for a key that may not act, HL-4012 when the clocks differ, and as {@link Http}
 */
export async function tokenFor(http: Http, { key, keyId }: StoredKey): Promise<HeldToken> {
  const path = '/v1/token';
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(keyId)
    .setSubject(keyId)
    .setAudience(http.url + path)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 120)
    .sign(await importJWK({ kty: 'EC', crv: 'P-256', ...key }, 'ES256'));
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const { json } = await http.send(path, { method: 'POST', body });
  const { access_token: token, expires_in: seconds } = readAnswer(answers.token, json, http.url + path);
  return { token, until: now + seconds - MARGIN };
}
