import { sha256Hex } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { isItemId } from '../ids/item-id.js';
import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { parseBatteryCode } from './battery.js';
import { parseEpc } from './epc.js';
import { isObjectKey, parseDigitalLink } from './gs1.js';
import { looksLikeImei, parseImei } from './imei.js';
import { capitals, halfWidth } from './letters.js';
import { parseVin } from './vin.js';

/** A name that an item bears outside the ledger. */
export interface Tag {
  readonly scheme: TagScheme;
  readonly value: string;
}

/**
 * `vin`; `gs1`, a GS1 key from a Digital Link or an EPC; `battery`, a code of GB/T 34014; `imei`, the HMAC of one; `serial`, a
 * printed text that names one object; `label`, any other machine-readable label, by the SHA-256 of its content; `manifest`, the
 * number of a hazardous-waste manifest (转移联单), which the national system gives out.
 */
export const TAG_SCHEMES = ['vin', 'gs1', 'battery', 'imei', 'serial', 'label', 'manifest'] as const;
export type TagScheme = (typeof TAG_SCHEMES)[number];

/** What a scan can hold: a tag to be looked up or bound, or the id of an item of this ledger. */
export type Scanned = Tag | { readonly scheme: 'item'; readonly value: string };

/** What stands behind `NAME:`, in letters of either size. */
const NAMED: ReadonlyMap<string, (rest: string, text: string) => Scanned> = new Map([
  ['huilian', item],
  ['urn', epc],
  ['vin', vin],
  ['battery', battery],
  ['imei', imei],
  ['serial', serial],
  ['label', label],
  ['manifest', manifest],
]);

/** 96 bits of an RFID tag in hex, as readers print them (headers of GS1 TDS 2.1, section 14.2): no battery code, if like one. */
const RAW_EPC = /^(?:2[C-F]|3[0-9A-F])[0-9A-F]{22}$/i;

/**
 * Reads the content of a QR code, a barcode, an RFID tag or what a person typed.
 *
 * Known are VIN and battery codes (plain or as `VIN:…`, `battery:…`), GS1 Digital Link URIs, EPC URIs, short addresses
 * (`…/p/hl1…`, `huilian:hl1…`) and item ids, printed serials as `serial:TEXT`, digests of other labels as `label:HEX` and
 * of telephones as `imei:HEX`. Full-width characters are taken for the ASCII ones that they stand for, small letters of codes
 * and serials for capitals: here, at the edge. What an event holds is compared byte for byte.
 *
 * @throws HuilianError HL-1040 unknown scheme, HL-1030 and HL-1041 to HL-1047 for a known scheme with a fault, HL-1048 for an IMEI
 *   in clear, of which `imeiTag` makes the tag
 */
export function parseTag(text: string): Scanned {
  const trimmed = text.trim();
  const scanned = /^https?:\/\//i.test(trimmed) ? web(trimmed) : typed(halfWidth(trimmed).trim());
  if (holdsImei(scanned)) throw new HuilianError('HL-1048');
  return scanned;
}

/**
 * The tag for whatever a label holds: a known scheme if it is one, else the digest of its content. So a plant binds the
 * labels that it finds, whoever printed them, and the content of a stranger's label does not get onto the ledger.
 *
 * @throws HuilianError HL-1030, HL-1041 to HL-1048 for a known scheme with a fault
 */
export function tagOf(text: string): Scanned {
  try {
    return parseTag(text);
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-1040') throw error;
    return { scheme: 'label', value: sha256Hex(utf8(text)) };
  }
}

/**
 * True when scheme and value are in a form that an event may carry, and name one object: the one form that {@link parseTag}
 * gives, but a serial may have small letters. An IMEI in clear is none, as a serial neither.
 */
export function isTag(tag: Tag): boolean {
  try {
    if (holdsImei(tag)) return false;
    if (tag.scheme === 'gs1') return isObjectKey(tag.value);
    if (tag.scheme === 'serial') return isSerial(tag.value);
    const again = parseTag(`${tag.scheme}:${tag.value}`);
    return again.scheme === tag.scheme && again.value === tag.value;
  } catch {
    return false;
  }
}

/** A printed serial or the serial of a GTIN that is the IMEI of a telephone. */
function holdsImei({ scheme, value }: Scanned): boolean {
  if (scheme === 'gs1') return looksLikeImei(/\/21\/([0-9]{15})$/.exec(value)?.[1] ?? '');
  return scheme === 'serial' && looksLikeImei(value);
}

function typed(text: string): Scanned {
  const colon = text.indexOf(':');
  const named = NAMED.get(text.slice(0, Math.max(colon, 0)).toLowerCase());
  if (named) return named(text.slice(colon + 1).trim(), text);
  if (/^hl1/i.test(text)) return item(text);
  if (/^[0-9A-Z]{17}$/i.test(text)) return vin(text);
  if (looksLikeImei(text)) throw new HuilianError('HL-1048');
  return plainBattery(text) ?? unknown(text);
}

function unknown(text: string): never {
  throw new HuilianError('HL-1040', { text: cut(text, 80) });
}

function item(text: string): Scanned {
  const id = text.toLowerCase();
  if (!isItemId(id)) throw new HuilianError('HL-1030', { text: cut(text, 40) });
  return { scheme: 'item', value: id };
}

function epc(rest: string, text: string): Scanned {
  return /^epc:/i.test(rest) ? { scheme: 'gs1', value: parseEpc(text) } : unknown(text);
}

function vin(text: string): Scanned {
  return { scheme: 'vin', value: parseVin(text).vin };
}

function battery(text: string): Scanned {
  return { scheme: 'battery', value: parseBatteryCode(text).code };
}

/** Many a text has 24 characters: where nothing says that it is a battery's code, a faulty one is some other label. */
function plainBattery(text: string): Scanned | undefined {
  if (text.length !== 24 || RAW_EPC.test(text)) return undefined;
  try {
    return battery(text);
  } catch {
    return undefined;
  }
}

function imei(text: string): Scanned {
  if (/^[0-9a-f]{64}$/.test(text)) return { scheme: 'imei', value: text };
  parseImei(text);
  throw new HuilianError('HL-1048');
}

/** A serial as the trade prints it, in capital letters. */
function serial(text: string): Scanned {
  const value = capitals(text);
  if (!isSerial(value)) throw new HuilianError('HL-1044', { text: cut(text, 80) });
  return { scheme: 'serial', value };
}

function isSerial(text: string): boolean {
  return /^[!-~]{1,60}$/.test(text) && !text.includes('/');
}

function manifest(rest: string, text: string): Scanned {
  const value = capitals(rest);
  return /^[0-9A-Z]{6,30}$/.test(value) ? { scheme: 'manifest', value } : unknown(text);
}

function label(digest: string, text: string): Scanned {
  return /^[0-9a-f]{64}$/.test(digest) ? { scheme: 'label', value: digest } : unknown(text);
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
  if (gs1 === undefined) return unknown(text);
  return { scheme: 'gs1', value: gs1 };
}
