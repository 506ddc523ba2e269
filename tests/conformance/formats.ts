import {
  canonical,
  canonicalText,
  fromHex,
  HuilianError,
  imeiTag,
  itemIdOf,
  keyIdOf,
  leafHash,
  merklePath,
  merkleRoot,
  parseBatteryCode,
  parseCanonical,
  parseTag,
  sha256Hex,
  toHex,
  utf8,
  vinCheckDigit,
  type Json,
  type PrivateKey,
} from '@huilian/core';
import { creditCodeNumbered, keyNamed, nonceNamed, signSteadily } from '@huilian/core/testing';

/** A published list of cases: what it is about, and the cases. */
export interface Vectors {
  readonly about: string;
  readonly [name: string]: unknown;
}

/** The code of an error of the list, or undefined when nothing fails. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HuilianError) return error.code;
    throw error;
  }
}

export function canonicalVectors(): Vectors {
  const values: Json[] = [
    null,
    [],
    {},
    { b: 1, a: 2, aa: 3, A: 4 },
    { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 },
    ['\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028'],
    [0, -1, 9007199254740991, -9007199254740991],
    { text: '回链', nested: { list: [true, false, null, { z: [], y: {} }] } },
  ];
  const refused = [
    '{"a":1,"a":1}',
    '{"b":1,"a":2}',
    '[1, 2]',
    '-0',
    '1e2',
    '1.0',
    '1.5',
    '9007199254740992',
    '"\\ud800"',
    '"\\u0041"',
    '{"__proto__":1}',
    '[1',
    '\ufeff1',
    '['.repeat(17) + ']'.repeat(17),
  ];
  return {
    about:
      'RFC 8785, integers only, depth 16 at most. `text` is the canonical form of `value`; bytes are accepted only if they are the canonical form of what they say, those of `refused` are not.',
    accepted: values.map((value) => ({
      value,
      text: canonicalText(value),
      sha256: sha256Hex(canonical(value)),
    })),
    refused: refused.map((text) => ({ text, code: codeOf(() => parseCanonical(utf8(text))) })),
  };
}

function jwk({ x, y, d }: PrivateKey): Json {
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

export function keyVectors(): Vectors {
  return {
    about: '`keyId` is the RFC 7638 thumbprint of the public key. The private halves are known to everybody.',
    keys: ['plant', 'shop', 'administrator'].map((name) => {
      const key = keyNamed(name);
      return { name, key: jwk(key), keyId: keyIdOf(key) };
    }),
  };
}

export function signatureVectors(): Vectors {
  const key = keyNamed('plant');
  const messages = ['', 'unit 4711', '{"kind":"huilian.batch"}'];
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const high = (signature: string): string => {
    const raw = Buffer.from(signature, 'base64url');
    const s = BigInt(`0x${raw.subarray(32).toString('hex')}`);
    raw.write((n - s).toString(16).padStart(64, '0'), 32, 'hex');
    return raw.toString('base64url');
  };
  const first = signSteadily(key, utf8('unit 4711'));
  return {
    about:
      'ECDSA P-256 over SHA-256, raw r‖s, 64 bytes, low-s, base64url without padding. These were made by RFC 6979; any valid low-s signature is accepted.',
    key: jwk(key),
    accepted: messages.map((message) => ({ message, signature: signSteadily(key, utf8(message)) })),
    refused: [
      { why: 'high s', message: 'unit 4711', signature: high(first) },
      { why: 'another message', message: 'unit 4712', signature: first },
      { why: 'padding', message: 'unit 4711', signature: `${first}==` },
      {
        why: '63 bytes',
        message: 'unit 4711',
        signature: Buffer.from(first, 'base64url').subarray(0, 63).toString('base64url'),
      },
    ],
  };
}

export function itemIdVectors(): Vectors {
  const ids = ['plant', 'shop'].flatMap((key) =>
    ['car', 'engine'].map((name) => {
      const keyId = keyIdOf(keyNamed(key));
      const nonce = nonceNamed(name);
      return { keyId, nonce, id: itemIdOf(keyId, nonce) };
    }),
  );
  const [first] = ids;
  const id = first?.id ?? '';
  return {
    about:
      'bech32m (BIP-350) with the prefix `hl` over the first 25 bits of the nonce, in words that sort as their characters do, and the first 10 bytes of SHA-256(`huilian/item/v1` 00 keyId 00 nonce); 30 characters in lower case.',
    accepted: ids,
    refused: [id.toUpperCase(), `${id}q`, id.slice(0, -1), id.replace(/^hl/, 'hm'), `hl1${id.slice(4)}q`],
  };
}

export function creditCodeVectors(): Vectors {
  const published = ['91440300708461136T', '914403001922038216', '91110000802100433B', '91310000132260250X'];
  return {
    about:
      'GB 32100-2015: 18 characters, the last one a check character modulo 31. The first four stand in public registers, the others belong to nobody.',
    accepted: [...published, ...[1, 2, 31, 999].map(creditCodeNumbered)],
    refused: ['91440300708461136U', '91440300708461136t', '9144030070846113', 'I1440300708461136T', ''],
  };
}

/** Of 3GPP TS 23.003; the pepper is known to everybody. */
const IMEI = '490154203237518';
const PEPPER = Uint8Array.from({ length: 32 }, (_, i) => i);

export function tagVectors(): Vectors {
  const accepted = [
    'LSVAM4186C2123456',
    'vin:1m8gdm9axkp042788',
    'https://id.gs1.org/01/09506000134352/21/ABC123',
    'https://example.com/a/01/9506000134352/10/LOT/21/A%2FB?x=1',
    'https://id.gs1.org/00/106141412345678908',
    'urn:epc:id:sgtin:0614141.812345.6789',
    'urn:epc:tag:sgtin-96:3.0614141.812345.6789',
    'urn:epc:id:sscc:0614141.1234567890',
    'urn:epc:id:grai:0614141.12345.400',
    'urn:epc:id:giai:0614141.AB.C',
    'urn:epc:id:cpi:0614141.123ABC.123456789',
    '04QCB76836300JBC40000903',
    'battery:001pe240000003b3v0221953',
    '001ME240000003A2X0221953',
    'serial:EA211-0042',
    'serial: ｅａ211-0042 ',
    `imei:${imeiTag(IMEI, PEPPER).value}`,
    `huilian:${itemIdOf(keyIdOf(keyNamed('plant')), nonceNamed('car'))}`,
  ];
  const refused = [
    'LSVAM4187C2123456',
    'LSVAM4186C212345O',
    'https://id.gs1.org/01/09506000134353/21/A',
    'https://example.com/',
    'urn:epc:id:sgtin:0614141.812345',
    'serial:A B',
    'battery:001CB240000003B2X0221953',
    'imei:490154203237518',
    'imei:490154203237519',
    'imei:4901542032375180',
    'serial:352099001761481',
    '352099001761481',
    'hl1nothing',
    'hello',
  ];
  return {
    about:
      'What a label holds, and the tag that it is read as. `checkDigit` is that of a VIN (GB 16735, 49 CFR 565.15); `level` and `produced` are read from the code of a traction battery (GB/T 34014). `imei` is HMAC-SHA-256 under the pepper (hex) over `huilian/imei/v1` 00 and the 15 digits.',
    imei: [IMEI, '352099001761481'].map((imei) => ({
      imei,
      pepper: toHex(PEPPER),
      value: imeiTag(imei, PEPPER).value,
    })),
    accepted: accepted.map((text) => {
      const tag = parseTag(text);
      if (tag.scheme === 'vin') return { text, ...tag, checkDigit: vinCheckDigit(tag.value) };
      if (tag.scheme !== 'battery') return { text, ...tag };
      const { level, produced } = parseBatteryCode(tag.value);
      return { text, ...tag, level, produced };
    }),
    refused: refused.map((text) => ({ text, code: codeOf(() => parseTag(text)) })),
  };
}

export function merkleVectors(): Vectors {
  const data = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = data.map((hex) => leafHash(fromHex(hex)));
  return {
    about:
      'RFC 9162: leaf SHA-256(00 ‖ data), node SHA-256(01 ‖ left ‖ right). Data, hashes and paths in hex, paths from the leaf upward.',
    data,
    roots: Array.from({ length: data.length + 1 }, (_, size) => ({
      size,
      root: toHex(merkleRoot(leaves.slice(0, size))),
    })),
    paths: [1, 2, 3, 5, 7, 8].flatMap((size) =>
      Array.from({ length: size }, (_, index) => ({
        size,
        index,
        path: merklePath(leaves.slice(0, size), index).map(toHex),
      })),
    ),
  };
}
