import { sha256Hex } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { isItemId } from '../ids/item-id.js';
import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { parseEpc } from './epc.js';
import { isObjectKey, parseDigitalLink } from './gs1.js';
import { parseVin } from './vin.js';

/** A name that an item bears outside the ledger. */
export interface Tag {
  readonly scheme: TagScheme;
  readonly value: string;
}

/**
 * `vin`; `gs1`, a GS1 key from a Digital Link or an EPC; `serial`, a printed text that names one object; `label`, any other
 * machine-readable label, by the SHA-256 of its content.
 */
export const TAG_SCHEMES = ['vin', 'gs1', 'serial', 'label'] as const;
export type TagScheme = (typeof TAG_SCHEMES)[number];

/** What a scan can hold: a tag to be looked up or bound, or the id of an item of this ledger. */
export type Scanned = Tag | { readonly scheme: 'item'; readonly value: string };

/**
 * Reads the content of a QR code, a barcode, an RFID tag or what a person typed.
 *
 * Known are VIN (plain or `VIN:`), GS1 Digital Link URIs, EPC URIs, short addresses (`…/p/hl1…`, `huilian:hl1…`) and item
 * ids, printed serials as `serial:TEXT`, digests of other labels as `label:HEX`.
 *
 * @throws HuilianError HL-1040 unknown scheme, or HL-1041 to HL-1044 for a known scheme with a fault
 */
export function parseTag(text: string): Scanned {
  const trimmed = text.trim();
  if (/^hl1/i.test(trimmed)) return item(trimmed);
  if (/^urn:epc:/i.test(trimmed)) return { scheme: 'gs1', value: parseEpc(trimmed) };
  if (/^huilian:/i.test(trimmed)) return item(trimmed.slice(8));
  if (/^serial:/i.test(trimmed)) return serial(trimmed.slice(7));
  if (/^https?:\/\//i.test(trimmed)) return web(trimmed);
  if (/^label:[0-9a-f]{64}$/.test(trimmed)) return { scheme: 'label', value: trimmed.slice(6) };
  const vin = /^vin:(.*)$/i.exec(trimmed)?.[1] ?? /^[0-9A-Z]{17}$/i.exec(trimmed)?.[0];
  if (vin !== undefined) return { scheme: 'vin', value: parseVin(vin).vin };
  throw new HuilianError('HL-1040', { text: cut(trimmed, 80) });
}

/**
 * The tag for whatever a label holds: a known scheme if it is one, else the digest of its content. So a plant binds the
 * labels that it finds, whoever printed them, and the content of a stranger's label does not get onto the ledger.
 *
 * @throws HuilianError HL-1030, HL-1041 to HL-1044 for a known scheme with a fault
 */
export function tagOf(text: string): Scanned {
  try {
    return parseTag(text);
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-1040') throw error;
    return { scheme: 'label', value: sha256Hex(utf8(text)) };
  }
}

/** True when scheme and value are in the one form that {@link parseTag} gives and name one object. */
export function isTag(tag: Tag): boolean {
  try {
    if (tag.scheme === 'gs1') return isObjectKey(tag.value);
    const again = parseTag(`${tag.scheme}:${tag.value}`);
    return again.scheme === tag.scheme && again.value === tag.value;
  } catch {
    return false;
  }
}

function item(text: string): Scanned {
  const id = text.toLowerCase();
  if (!isItemId(id)) throw new HuilianError('HL-1030', { text: cut(text, 40) });
  return { scheme: 'item', value: id };
}

function serial(text: string): Scanned {
  if (!/^[!-~]{1,60}$/.test(text) || text.includes('/'))
    throw new HuilianError('HL-1044', { text: cut(text, 80) });
  return { scheme: 'serial', value: text };
}

function web(text: string): Scanned {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new HuilianError('HL-1044', { text: cut(text, 80) }, { cause });
  }
  const short = /\/p\/(hl1[0-9a-z]+)\/?$/i.exec(url.pathname)?.[1];
  if (short !== undefined) return item(short);
  const gs1 = parseDigitalLink(url);
  if (gs1 === undefined) throw new HuilianError('HL-1040', { text: cut(text, 80) });
  return { scheme: 'gs1', value: gs1 };
}
