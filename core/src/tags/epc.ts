import { HuilianError } from '../messages/error.js';
import { gs1CheckDigit, gs1Value } from './gs1.js';

/** `%xx` escapes of EPC URIs (GS1 TDS 2.1, section 6.3). */
function unescape(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function withCheck(digits: string): string {
  return digits + gs1CheckDigit(digits);
}

type Translate = (company: string, reference: string, serial: string) => string;

/** From the parts of a pure identity URI to the GS1 key (GS1 TDS 2.1, section 7). */
const SCHEMES: Readonly<Record<string, Translate>> = {
  sgtin: (c, r, s) =>
    gs1Value([
      ['01', withCheck(r.charAt(0) + c + r.slice(1))],
      ['21', unescape(s)],
    ]),
  sscc: (c, r) => gs1Value([['00', withCheck(r.charAt(0) + c + r.slice(1))]]),
  grai: (c, r, s) => gs1Value([['8003', '0' + withCheck(c + r) + unescape(s)]]),
  giai: (c, r) => gs1Value([['8004', c + unescape(r)]]),
  cpi: (c, r, s) =>
    gs1Value([
      ['8010', c + unescape(r)],
      ['8011', s],
    ]),
};
const DIGITS: Readonly<Record<string, number>> = { sgtin: 13, sscc: 17, grai: 12 };

/**
 * Reads an EPC URI, pure identity (`urn:epc:id:…`) or tag (`urn:epc:tag:…`), and gives the GS1 key it stands for. An
 * RFID tag and a QR code of one object so name the same thing.
 *
 * @throws HuilianError HL-1044
 */
export function parseEpc(text: string): string {
  const match = /^urn:epc:(?:id:([a-z]+)|tag:([a-z]+)-[0-9+]+):(.+)$/i.exec(text);
  const scheme = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  const translate = SCHEMES[scheme];
  if (!match || !translate) throw new HuilianError('HL-1044', { text: text.slice(0, 80) });
  let parts = (match[3] ?? '').split('.');
  if (match[2] !== undefined) parts = parts.slice(1); // the filter value of a tag URI says nothing about identity
  const [company = '', reference = '', ...rest] = parts;
  const serial = rest.join('.');
  const digits = DIGITS[scheme];
  if (!/^[0-9]{6,12}$/.test(company) || (digits !== undefined && (company + reference).length !== digits)) {
    throw new HuilianError('HL-1044', { text: text.slice(0, 80) });
  }
  if (digits !== undefined && !/^[0-9]*$/.test(reference))
    throw new HuilianError('HL-1044', { text: text.slice(0, 80) });
  return translate(company, reference, serial);
}
