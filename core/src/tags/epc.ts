import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { gs1CheckDigit, gs1Value } from './gs1.js';

/** `%xx` escapes of EPC URIs (GS1 TDS 2.1, section 6.3). */
function unescape(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function withCheck(digits: string): string {
  return digits + gs1CheckDigit(digits);
}

interface Scheme {
  /** Digits of company and reference together, where the scheme fixes them. */
  readonly digits?: number;
  readonly serial: boolean;
  readonly translate: (company: string, reference: string, serial: string) => string;
}

/** From the parts of a pure identity URI to the GS1 key (GS1 TDS 2.1, section 7). */
const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  [
    'sgtin',
    {
      digits: 13,
      serial: true,
      translate: (c, r, s) =>
        gs1Value([
          ['01', withCheck(r.charAt(0) + c + r.slice(1))],
          ['21', unescape(s)],
        ]),
    },
  ],
  [
    'sscc',
    {
      digits: 17,
      serial: false,
      translate: (c, r) => gs1Value([['00', withCheck(r.charAt(0) + c + r.slice(1))]]),
    },
  ],
  [
    'grai',
    {
      digits: 12,
      serial: true,
      translate: (c, r, s) => gs1Value([['8003', '0' + withCheck(c + r) + unescape(s)]]),
    },
  ],
  ['giai', { serial: false, translate: (c, r) => gs1Value([['8004', c + unescape(r)]]) }],
  [
    'cpi',
    {
      serial: true,
      translate: (c, r, s) =>
        gs1Value([
          ['8010', c + unescape(r)],
          ['8011', s],
        ]),
    },
  ],
]);

/**
 * Reads an EPC URI, pure identity (`urn:epc:id:…`) or tag (`urn:epc:tag:…`), and gives the GS1 key it stands for. An
 * RFID tag and a QR code of one object so name the same thing.
 *
 * @throws HuilianError HL-1044
 */
export function parseEpc(text: string): string {
  const [, name = '', body = ''] =
    /^urn:epc:id:([a-z]+):(.+)$/i.exec(text) ??
    /^urn:epc:tag:([a-z]+)-[0-9]+:[0-7]\.(.+)$/i.exec(text) ?? // the filter value says nothing about identity
    [];
  const scheme = SCHEMES.get(name.toLowerCase());
  const fault = (): never => {
    throw new HuilianError('HL-1044', { text: cut(text, 80) });
  };
  if (!scheme) return fault();
  const [company = '', ...rest] = body.split('.');
  // Only a serial may hold dots of its own; where there is none, the reference may.
  const reference = scheme.serial ? (rest.shift() ?? '') : rest.join('.');
  const serial = scheme.serial ? rest.join('.') : '';
  if (!/^[0-9]{6,12}$/.test(company)) return fault();
  if (scheme.digits !== undefined) {
    if (!/^[0-9]*$/.test(reference) || (company + reference).length !== scheme.digits) return fault();
  }
  return scheme.translate(company, reference, serial);
}
