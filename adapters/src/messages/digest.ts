import { createHash, createHmac } from 'node:crypto';
import { holdsImei } from '../fields/imei.js';

/**
 * What a message is known by beside its id, hex: SHA-256 of its bytes. Where they hold an IMEI it is an HMAC under the pepper of the
 * channel: all but the 15 digits is kept, and who has a plain digest of the whole could try them all.
 */
export function digestOf(bytes: Uint8Array, imeiPepper: Uint8Array | undefined): string {
  const hash =
    imeiPepper && holdsImei(Buffer.from(bytes).toString('latin1'))
      ? createHmac('sha256', imeiPepper)
      : createHash('sha256');
  return hash.update(bytes).digest('hex');
}
