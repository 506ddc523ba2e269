import type { Request, RequestHandler } from 'express';
import { anonymous, type Caller } from '../auth/caller.js';

type Identity = { readonly caller: Caller } | { readonly fault: unknown };

const identities = new WeakMap<Request, Identity>();

/** Finds out who asks, before rates are counted. A bad token counts for its address and is refused by the route. */
export function identify(callerOf: (token: string) => Promise<Caller>): RequestHandler {
  return async (request, _response, next) => {
    try {
      identities.set(request, { caller: await callerOf(bearer(request.headers.authorization)) });
    } catch (fault) {
      identities.set(request, { fault });
    }
    next();
  };
}

/** Who asks. @throws what was wrong with the token. */
export function callerOf(request: Request): Caller {
  const identity = identities.get(request);
  if (identity === undefined) return anonymous;
  if ('fault' in identity) throw identity.fault;
  return identity.caller;
}

/** Name of the caller for counting: the key or person, else `undefined`. */
export function countedAs(request: Request): string | undefined {
  const identity = identities.get(request);
  if (identity === undefined || 'fault' in identity || identity.caller.kind === 'anonymous') return undefined;
  return `${identity.caller.kind} ${identity.caller.subject}`;
}

/** The token of `Authorization: Bearer …`; `undefined` without the header, the empty text when it is something else. */
function bearer(header: string | undefined): string {
  if (header === undefined) return '';
  return /^Bearer ([A-Za-z0-9._~+/=-]{1,8192})$/i.exec(header)?.[1] ?? 'malformed';
}

/** The id that the log knows a request by. */
export function requestIdOf(request: Request): string {
  return typeof request.id === 'string' ? request.id : '';
}
