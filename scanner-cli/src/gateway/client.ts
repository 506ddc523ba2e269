import { randomUUID } from 'node:crypto';
import { HuilianError, isErrorCode, type Details, type Language, type PrivateKey } from '@huilian/core';
import { importJWK, SignJWT } from 'jose';

/** Who asks a gateway, and how long it may take to answer. */
export interface ClientOptions {
  readonly keyId: string;
  readonly key: PrivateKey;
  readonly language: Language;
  readonly timeoutSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a gateway answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** No answer came at all. */
export class Unreachable extends Error {}

const ASSERTION_SECONDS = 120;
/** A token is renewed so long before it ends. */
const EARLY_MILLISECONDS = 20_000;

/** One gateway, as a key holder talks to it. It proves its key once and then shows the token it got. */
export class GatewayClient {
  #token: { readonly text: string; readonly until: number } | undefined;

  constructor(
    readonly url: string,
    private readonly options: ClientOptions,
  ) {}

  /**
   * Reads an address with the key's token.
   *
   * @throws Unreachable when the gateway does not answer; HuilianError with the code of its problem document
   */
  async get(path: string): Promise<unknown> {
    const { body } = await this.#ask('GET', path, { Authorization: `Bearer ${await this.#bearer()}` });
    return body;
  }

  /** Reads an address that needs no token. @throws as {@link get} */
  async getPublic(path: string): Promise<unknown> {
    return (await this.#ask('GET', path, {})).body;
  }

  /** Hands something in; what is handed in proves itself. @throws as {@link get} */
  async post(path: string, type: string, body: Uint8Array): Promise<Answer> {
    return this.#ask('POST', path, { 'Content-Type': type }, body);
  }

  async #bearer(): Promise<string> {
    const now = this.options.now();
    if (this.#token && this.#token.until > now + EARLY_MILLISECONDS) return this.#token.text;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await this.#assertion(now),
    });
    const { body } = await this.post('/v1/token', 'application/x-www-form-urlencoded', Buffer.from(form.toString()));
    const { access_token: text, expires_in: seconds } = (body ?? {}) as { access_token?: unknown; expires_in?: unknown };
    if (typeof text !== 'string' || typeof seconds !== 'number') throw strange(this.url, '/v1/token');
    this.#token = { text, until: now + seconds * 1000 };
    return text;
  }

  /** A JWT that proves the key (RFC 7523, section 3). */
  async #assertion(now: number): Promise<string> {
    const { keyId, key } = this.options;
    const issued = Math.floor(now / 1000);
    return new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: keyId })
      .setIssuer(keyId)
      .setSubject(keyId)
      .setAudience(`${this.url}/v1/token`)
      .setIssuedAt(issued)
      .setExpirationTime(issued + ASSERTION_SECONDS)
      .sign(await importJWK({ kty: 'EC', crv: 'P-256', ...key }, 'ES256'));
  }

  async #ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: Uint8Array): Promise<Answer> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.url + path, {
        method,
        headers: { Accept: 'application/json', 'Accept-Language': this.options.language, ...headers },
        signal: AbortSignal.timeout(this.options.timeoutSeconds * 1000),
        redirect: 'error',
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
      });
      text = await response.text();
    } catch (cause) {
      throw new Unreachable(this.url, { cause });
    }
    const parsed = jsonOf(text);
    if (response.ok && parsed !== undefined) return { status: response.status, body: parsed };
    throw problemOf(parsed, response.status, this.url, path);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that a problem document (RFC 9457) names, if its code is of our list. */
function problemOf(body: unknown, status: number, url: string, path: string): HuilianError {
  const { code, facts } = (typeof body === 'object' && body !== null ? body : {}) as { code?: unknown; facts?: unknown };
  if (typeof code !== 'string' || !isErrorCode(code)) return strange(url, path, status);
  return new HuilianError(code, detailsOf(facts));
}

function detailsOf(facts: unknown): Details {
  if (typeof facts !== 'object' || facts === null) return {};
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1])),
  );
}

function strange(gateway: string, path: string, status?: number): HuilianError {
  return new HuilianError('HL-7017', { gateway, path, ...(status === undefined ? {} : { status }) });
}
