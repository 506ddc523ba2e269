import { Router, urlencoded, type Request } from 'express';
import { createLocalJWKSet, SignJWT } from 'jose';
import { isCreditCode } from '@huilian/core';
import type { Config } from '../config.js';
import { HttpError } from '../http/problem.js';
import { readPerson, type ClaimMapping, type People } from './people.js';
import type { TokenKey } from './token-key.js';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
const lifeSeconds = 3_600;

/**
 * True when the development issuer may run: no real issuer, not in production, and nobody but this machine can reach it. A
 * proxy in front of a gateway on loopback brings the world to it, so settings that speak of one switch it off.
 */
export function devIssuerAllowed(config: Config): boolean {
  const { OIDC_ISSUER, NODE_ENV, HOST, PUBLIC_URL, TRUST_PROXY } = config;
  if (OIDC_ISSUER !== undefined || NODE_ENV === 'production' || TRUST_PROXY > 0) return false;
  return loopback.has(HOST) && (PUBLIC_URL === undefined || isLocal(new URL(PUBLIC_URL).hostname));
}

/** Headers that a proxy leaves. */
const traces = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * True when a request comes from this machine and means it: not through a proxy that nobody told the gateway of, and not from
 * a page whose host name was bent to loopback.
 */
function isFromHere(request: Request): boolean {
  const host = URL.canParse(`http://${request.headers.host}`)
    ? new URL(`http://${request.headers.host}`).hostname
    : '';
  return isLocal(host) && traces.every((name) => request.headers[name] === undefined);
}

function isLocal(host: string): boolean {
  return loopback.has(host.replace(/^\[|\]$/g, ''));
}

export interface DevIssuer {
  readonly people: People;
  readonly router: Router;
}

/**
 * A stand-in for an OpenID Connect issuer on the developer's own machine: it gives anybody a token for any demo person
 * without asking for anything. Its tokens are good at this gateway alone.
 *
 * @param issuer `http://host:port/dev-issuer`.
 */
export function devIssuer(
  config: Config,
  issuer: () => string,
  key: TokenKey,
  mapping: ClaimMapping,
): DevIssuer {
  const keys = createLocalJWKSet({ keys: [key.jwk] });
  const router = Router();
  router.use((request, response, next) => {
    if (!isFromHere(request)) throw new HttpError('HL-4002');
    response.set('X-Huilian-Development', 'This issuer checks nobody. It is off in production.');
    next();
  });
  router.get('/.well-known/openid-configuration', (_request, response) => {
    response.json({
      issuer: issuer(),
      jwks_uri: `${issuer()}/jwks`,
      token_endpoint: `${issuer()}/token`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['none'],
      id_token_signing_alg_values_supported: ['ES256'],
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
    });
  });
  router.get('/jwks', (_request, response) => void response.json({ keys: [key.jwk] }));
  router.get('/people', (_request, response) => void response.json({ people: demoPeople }));
  router.post('/token', urlencoded({ extended: false, limit: '4kb' }), async (request, response) => {
    const { client_id: person } = request.body as { client_id?: unknown };
    const claims = claimsOf(typeof person === 'string' ? person : '', config);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: key.jwk.kid })
      .setIssuer(issuer())
      .setAudience(config.OIDC_AUDIENCE)
      .setSubject(String(person))
      .setIssuedAt()
      .setExpirationTime(`${lifeSeconds}s`)
      .sign(key.privateKey);
    response
      .set('Cache-Control', 'no-store')
      .json({ access_token: token, token_type: 'Bearer', expires_in: lifeSeconds });
  });
  const people: People = {
    get issuer() {
      return issuer();
    },
    read: (token) => readPerson(token, keys, issuer(), config.OIDC_AUDIENCE, mapping),
  };
  return { people, router };
}

const demoPeople = [
  { client_id: 'auditor', what: 'reads everything, for Oversight' },
  { client_id: 'participant.CREDITCODE', what: 'reads what the participant of that credit code may read' },
];

function claimsOf(person: string, config: Config): Record<string, unknown> {
  if (person === 'auditor') return { [config.OIDC_ROLES_CLAIM]: [config.OIDC_OVERSIGHT_ROLE] };
  const creditCode = /^participant\.(.+)$/.exec(person)?.[1] ?? '';
  if (isCreditCode(creditCode)) return { [config.OIDC_PARTICIPANT_CLAIM]: creditCode };
  throw new HttpError(
    'HL-4001',
    {},
    { faults: [{ pointer: 'body/client_id', detail: 'auditor, or participant. and a credit code' }] },
  );
}
