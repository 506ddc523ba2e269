import type { Client } from '../gateway/world.js';

/** What the routes of webhooks answer with, as far as it is looked at here. */
export interface Shown {
  readonly code?: string;
  readonly id?: string;
  readonly secret?: string;
  readonly url?: string;
  readonly events?: readonly object[];
  readonly webhooks?: readonly object[];
}

export interface Answered {
  readonly status: number;
  readonly body: Shown;
  readonly headers: Headers;
}

/** Asks a route of a gateway as whoever a token names, or as nobody. */
export async function ask(
  client: Pick<Client, 'address'>,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  const response = await fetch(`${client.address}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Shown,
  };
}
