import { randomUUID } from 'node:crypto';
import { keyIdOf, type PrivateKey } from '@huilian/core';
import { importJWK, SignJWT } from 'jose';

/**
 * An access token for the holder of a registered key (private_key_jwt, RFC 7523).
 *
 * @throws Error with the problem's text when the gateway gives none
 */
export async function accessToken(gateway: string, key: PrivateKey): Promise<string> {
  const keyId = keyIdOf(key);
  const endpoint = `${gateway}/v1/token`;
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(keyId)
    .setSubject(keyId)
    .setAudience(endpoint)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(await importJWK({ kty: 'EC', crv: 'P-256', ...key }, 'ES256'));
  const response = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });
  if (!response.ok) throw new Error(`POST /v1/token: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
