import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { HttpError } from '../http/problem.js';
import type { Caller } from './caller.js';

/** How claims of an issuer map to what the access table needs. */
export interface ClaimMapping {
  readonly participantClaim: string;
  /** Dots go into nested claims: `realm_access.roles`. */
  readonly rolesClaim: string;
  readonly oversightRole: string;
}

/** Reads people's tokens. */
export interface People {
  readonly issuer: string;
  read(token: string): Promise<Caller>;
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const algorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];

/**
 * People from an OpenID Connect issuer. Its keys are found by discovery at the first token and again after a failure, so the
 * gateway starts without the issuer.
 */
export function peopleOfIssuer(issuer: string, audience: string, mapping: ClaimMapping): People {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keySet = (): Promise<JWTVerifyGetKey> => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw new HttpError(
        'HL-4051',
        { reason: 'the OpenID Connect issuer does not answer' },
        {},
        { cause: error },
      );
    });
    return keys;
  };
  return { issuer, read: async (token) => readPerson(token, await keySet(), issuer, audience, mapping) };
}

/** Verifies a person's token with keys that are already at hand. */
export async function readPerson(
  token: string,
  keys: JWTVerifyGetKey,
  issuer: string,
  audience: string,
  mapping: ClaimMapping,
): Promise<Caller> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      requiredClaims: ['sub', 'exp'],
    });
    return personOf(payload, mapping);
  } catch (error) {
    throw new HttpError('HL-4011', {}, {}, { cause: error });
  }
}

/** Maps claims to a caller. */
function personOf(claims: JWTPayload, mapping: ClaimMapping): Caller {
  const roles = textsAt(claims, mapping.rolesClaim);
  const [creditCode] = textsAt(claims, mapping.participantClaim);
  return {
    kind: 'person',
    subject: claims.sub ?? '',
    oversight: roles.includes(mapping.oversightRole),
    ...(creditCode === undefined ? {} : { creditCode }),
  };
}

/** A claim that is a text or a list of texts; the whole name first, then its dotted path. */
function textsAt(claims: JWTPayload, path: string): readonly string[] {
  const found =
    claims[path] ?? path.split('.').reduce<unknown>((value, name) => memberOf(value, name), claims);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((value): value is string => typeof value === 'string') : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`discovery answered ${answer.status}`);
  const document = discovery.parse(await answer.json());
  if (document.issuer.replace(/\/$/, '') !== issuer)
    throw new Error(`discovery names another issuer: ${document.issuer}`);
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: 5_000 });
}
