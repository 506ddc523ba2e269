import { createHash, timingSafeEqual } from 'node:crypto';
import { HuilianError } from '@huilian/core';
import type { RequestHandler } from 'express';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** @throws HuilianError HL-9240 when the adapter would listen beyond this machine without a token */
export function checkExposure(host: string, token: string | undefined): void {
  if (!LOOPBACK.includes(host) && token === undefined) throw new HuilianError('HL-9240', { host });
}

/**
 * Who may send. With a token, who has it. Without one, programs on this machine: a page that a browser on it shows could have its own name
 * resolve to 127.0.0.1, so the name that the request was addressed to must be this machine's.
 */
export function guard(token: string | undefined): RequestHandler {
  return (request, _response, next) => {
    if (token === undefined) {
      const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
      if (!LOOPBACK.includes(name)) throw new HuilianError('HL-9242', { host: name.slice(0, 60) });
    } else if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`))
      throw new HuilianError('HL-9241');
    next();
  };
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
