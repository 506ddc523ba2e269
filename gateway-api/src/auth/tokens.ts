import { jwtVerify, SignJWT } from 'jose';
import { HttpError } from '../http/problem.js';
import type { TokenKey } from './token-key.js';

/** Issuer and audience of the tokens that gateways give to keys; the same at every gateway that shares the token key. */
export const tokenIssuer = 'urn:huilian:gateway';

/** Gives out access tokens to keys and reads them back. They name the key and nothing else; its standing is looked up at each use. */
export class Tokens {
  constructor(
    private readonly key: TokenKey,
    readonly seconds: number,
  ) {}

  /** @param now seconds since 1970. */
  async issue(keyId: string, now: number): Promise<string> {
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: this.key.jwk.kid })
      .setIssuer(tokenIssuer)
      .setAudience(tokenIssuer)
      .setSubject(keyId)
      .setIssuedAt(now)
      .setExpirationTime(now + this.seconds)
      .sign(this.key.privateKey);
  }

  /**
   * The key id that a token was given to.
   *
   * @throws HttpError HL-4011.
   */
  async read(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.key.publicKey, {
        issuer: tokenIssuer,
        audience: tokenIssuer,
        algorithms: ['ES256'],
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp'],
      });
      return payload.sub ?? '';
    } catch (error) {
      throw new HttpError('HL-4011', {}, {}, { cause: error });
    }
  }
}
