import { z } from 'zod';
import { HttpError } from '../http/problem.js';
import { route } from '../http/route.js';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const bearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const form = z
  .object({
    grant_type: z.enum(['client_credentials', bearerGrant]),
    client_assertion_type: z.literal(assertionType).optional(),
    client_assertion: z
      .string()
      .max(4_096)
      .optional()
      .meta({ description: 'With client_credentials (RFC 7523 section 2.2).' }),
    assertion: z
      .string()
      .max(4_096)
      .optional()
      .meta({ description: 'With the jwt-bearer grant (RFC 7523 section 2.1).' }),
  })
  .meta({ id: 'TokenRequest' });

const answer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Seconds.' }),
  })
  .meta({ id: 'TokenAnswer' });

export const tokenRoutes = [
  route({
    method: 'post',
    path: '/v1/token',
    name: 'getToken',
    tag: 'Access',
    summary: 'Exchange a JWT signed by a registered key for an access token',
    description:
      'private_key_jwt: ES256, `iss` and `sub` the key id, `aud` this address, `exp` within five minutes, a `jti` that was not used before.',
    resource: 'public',
    body: {
      mediaTypes: ['application/x-www-form-urlencoded'],
      schema: form,
      description: 'Form of RFC 7523.',
    },
    responses: {
      200: { description: 'The token.', schema: answer },
    },
    problems: ['HL-3001', 'HL-3002', 'HL-3003', 'HL-4012', 'HL-4013', 'HL-4014'],
    handle: async ({ body, services }) => {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')));
      const { token, seconds } = await services.authenticator.exchange(
        assertionOf(fields),
        services.tokenAudiences(),
      );
      return {
        body: { access_token: token, token_type: 'Bearer', expires_in: seconds },
        headers: { 'Cache-Control': 'no-store' },
      };
    },
  }),
];

function assertionOf(fields: Readonly<Record<string, string>>): string {
  const { grant_type: grant, client_assertion_type: type, client_assertion: client, assertion } = fields;
  if (grant === 'client_credentials' && type === assertionType && client !== undefined) return client;
  if (grant === bearerGrant && assertion !== undefined) return assertion;
  throw new HttpError('HL-4014', {}, { extra: { error: 'unsupported_grant_type' } });
}
