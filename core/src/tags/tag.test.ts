import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HuilianError } from '../messages/error.js';
import { itemNamed } from '../testing/keys.js';
import { gs1CheckDigit } from './gs1.js';
import { isTag, parseTag, type Tag } from './tag.js';

const error = (code: string): unknown => expect.objectContaining({ code });
const gs1 = (value: string): Tag => ({ scheme: 'gs1', value });

describe('a GS1 Digital Link', () => {
  it('names an object by GTIN and serial, whatever host and query it has', () => {
    for (const link of [
      'https://id.gs1.org/01/09506000134352/21/ABC123',
      'http://example.com/some/path/01/09506000134352/21/ABC123?linkType=all&17=261231',
      'HTTPS://EXAMPLE.COM/01/9506000134352/21/ABC123#top',
      'https://example.com/01/09506000134352/10/LOT9/21/ABC123',
      'https://example.com/01/09506000134352/22/2A/10/21/21/ABC123',
    ])
      expect(parseTag(link), link).toEqual(gs1('01/09506000134352/21/ABC123'));
  });

  it('of a pallet, a crate, an asset or a component part is read too', () => {
    expect(parseTag('https://id.gs1.org/00/106141412345678908')).toEqual(gs1('00/106141412345678908'));
    expect(parseTag('https://id.gs1.org/8003/00614141123452400')).toEqual(gs1('8003/00614141123452400'));
    expect(parseTag('https://id.gs1.org/8004/061414112345')).toEqual(gs1('8004/061414112345'));
    expect(parseTag('https://id.gs1.org/8010/0614141123ABC/8011/123456789')).toEqual(
      gs1('8010/0614141123ABC/8011/123456789'),
    );
  });

  it('keeps a serial with escapes in one spelling', () => {
    expect(parseTag('https://id.gs1.org/01/09506000134352/21/A%2FB%25')).toEqual(
      gs1('01/09506000134352/21/A%2FB%25'),
    );
    expect(parseTag('https://id.gs1.org/01/09506000134352/21/%41')).toEqual(gs1('01/09506000134352/21/A'));
  });

  it('with a wrong check digit is refused', () => {
    expect(gs1CheckDigit('0950600013435')).toBe('2');
    expect(() => parseTag('https://id.gs1.org/01/09506000134353/21/A')).toThrow(error('HL-1043'));
    expect(() => parseTag('https://id.gs1.org/00/106141412345678900')).toThrow(error('HL-1043'));
  });

  it('with a value that its key does not allow is refused', () => {
    expect(() => parseTag('https://id.gs1.org/01/0950600013435X/21/A')).toThrow(error('HL-1044'));
    expect(() => parseTag('https://id.gs1.org/01/09506000134352/21/123456789012345678901')).toThrow(
      error('HL-1044'),
    );
    expect(() => parseTag('https://id.gs1.org/01/09506000134352/21/%E5%9B%9E')).toThrow(error('HL-1044'));
    expect(() => parseTag('https://id.gs1.org/01/09506000134352/21/%')).toThrow(error('HL-1044'));
  });

  it('with a path that only looks like one is an unknown tag', () => {
    for (const path of ['', 'constructor/x', '__proto__/x', 'toString/1/valueOf/2', '01']) {
      expect(() => parseTag(`https://example.com/${path}`), path).toThrow(error('HL-1040'));
    }
    expect(() => parseTag('https://example.com/01/constructor/21/x')).toThrow(error('HL-1044'));
  });
});

describe('an EPC', () => {
  it('names the same object as the QR code beside it', () => {
    const pairs = [
      ['urn:epc:id:sgtin:0614141.812345.6789', 'https://id.gs1.org/01/80614141123458/21/6789'],
      ['urn:epc:tag:sgtin-96:3.0614141.812345.6789', 'https://id.gs1.org/01/80614141123458/21/6789'],
      ['urn:epc:id:sgtin:0614141.812345.A%2FB.C', 'https://id.gs1.org/01/80614141123458/21/A%2FB.C'],
      ['urn:epc:id:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908'],
      ['urn:epc:id:grai:0614141.12345.400', 'https://id.gs1.org/8003/00614141123452400'],
      ['urn:epc:id:giai:0614141.12345400', 'https://id.gs1.org/8004/061414112345400'],
      ['urn:epc:id:giai:0614141.AB.C', 'https://id.gs1.org/8004/0614141AB.C'],
      ['urn:epc:id:cpi:0614141.123ABC.123456789', 'https://id.gs1.org/8010/0614141123ABC/8011/123456789'],
    ] as const;
    for (const [epc, link] of pairs) expect(parseTag(epc), epc).toEqual(parseTag(link));
  });

  it('that is malformed or of another scheme is refused', () => {
    for (const wrong of [
      'urn:epc:id:sgtin:0614141.812345',
      'urn:epc:id:sgtin:061414.812345.1',
      'urn:epc:id:sgtin:0614141.8A2345.1',
      'urn:epc:id:sscc:0614141.1234567890.1',
      'urn:epc:id:cpi:0614141.123ABC',
      'urn:epc:id:gsrn:0614141.1234567890',
      'urn:epc:id:constructor:0614141.1.1',
      'urn:epc:tag:sgtin-96:0614141.812345.6789',
      'urn:epc:',
    ])
      expect(() => parseTag(wrong), wrong).toThrow(error('HL-1044'));
  });
});

describe('a tag', () => {
  it('may be an id of this ledger, plain, with prefix or as a short address', () => {
    const { item } = itemNamed('A'.repeat(43), 'engine');
    for (const text of [
      item,
      item.toUpperCase(),
      `huilian:${item}`,
      `https://x.example/p/${item}`,
      ` https://x.example/p/${item}/?lang=en `,
    ])
      expect(parseTag(text), text).toEqual({ scheme: 'item', value: item });
    expect(() => parseTag(`${item.slice(0, -1)}${item.endsWith('q') ? 'p' : 'q'}`)).toThrow(error('HL-1030'));
    expect(() => parseTag('https://x.example/p/hl1nothing')).toThrow(error('HL-1030'));
  });

  it('may be a VIN or a printed serial', () => {
    expect(parseTag('LSVAM4186C2123456')).toEqual({ scheme: 'vin', value: 'LSVAM4186C2123456' });
    expect(parseTag('vin:lsvam4186c2123456')).toEqual({ scheme: 'vin', value: 'LSVAM4186C2123456' });
    expect(parseTag('serial:EA211-0042')).toEqual({ scheme: 'serial', value: 'EA211-0042' });
    expect(parseTag('manifest:２０２６3301000001')).toEqual({ scheme: 'manifest', value: '20263301000001' });
    for (const wrong of ['manifest:', 'manifest:12345', 'manifest:2026-330100'])
      expect(() => parseTag(wrong)).toThrow();
    for (const wrong of ['serial:', 'serial:A B', 'serial:A/B', 'serial:序号'])
      expect(() => parseTag(wrong), wrong).toThrow(error('HL-1044'));
  });

  it('of a part is one serial, however it was typed', () => {
    const tag = { scheme: 'serial', value: 'EA211-0042' };
    for (const text of [
      'serial:ea211-0042',
      'SERIAL: EA211-0042 ',
      'ｓｅｒｉａｌ：ＥＡ２１１－００４２',
      'serial:\u3000EA211-0042\u3000',
    ])
      expect(parseTag(text), text).toEqual(tag);
    // The same in a font or an alphabet that only looks alike is something else.
    for (const wrong of ['serial:ΕA211-0042', 'serial:ſ1', 'serial:\u{1d434}1'])
      expect(() => parseTag(wrong), wrong).toThrow(error('HL-1044'));
  });

  it('stands on the ledger as its signer wrote it, in small letters too', () => {
    expect(isTag({ scheme: 'serial', value: 'ea211-0042' })).toBe(true);
    for (const value of ['ＥＡ２１１', 'EA211 ', 'A B', 'A/B', '', 'A'.repeat(61)])
      expect(isTag({ scheme: 'serial', value }), value).toBe(false);
  });

  it('typed in full width is read as the code it stands for', () => {
    expect(parseTag('ＶＩＮ：ＬＳＶＡＭ４１８６Ｃ２１２３４５６')).toEqual(parseTag('LSVAM4186C2123456'));
    const { item } = itemNamed('A'.repeat(43), 'engine');
    expect(parseTag(item.replace('hl1', 'ｈｌ１')).value).toBe(item);
  });

  it('of no known scheme is refused', () => {
    for (const wrong of [
      '',
      ':',
      'hello',
      'ftp://example.com/01/09506000134352',
      '12345',
      'urn:isbn:1',
      'label:0',
    ])
      expect(() => parseTag(wrong), wrong).toThrow(error('HL-1040'));
  });

  it('can be bound in its one spelling, if it names one object', () => {
    for (const tag of [
      gs1('01/09506000134352/21/A%2FB'),
      gs1('00/106141412345678908'),
      gs1('8003/00614141123452400'),
      gs1('8004/061414112345'),
      { scheme: 'vin', value: 'LSVAM4186C2123456' },
      { scheme: 'serial', value: 'EA211-0042' },
    ] as Tag[])
      expect(isTag(tag), JSON.stringify(tag)).toBe(true);
    for (const tag of [
      gs1('01/09506000134352'),
      gs1('01/9506000134352/21/A'),
      gs1('01/09506000134352/10/LOT'),
      gs1('01/09506000134352/21/%41'),
      gs1('01/09506000134352/21/a?b'),
      gs1('01/09506000134352/21/A/10/B'),
      gs1('8003/00614141123452'),
      gs1('8010/0614141123ABC'),
      gs1('../01/09506000134352/21/A'),
      gs1('constructor/x'),
      { scheme: 'vin', value: 'lsvam4186c2123456' },
      { scheme: 'vin', value: 'LSVAM4187C2123456' },
      { scheme: 'serial', value: ' A' },
      { scheme: 'item', value: itemNamed('A'.repeat(43), 'engine').item },
    ] as Tag[])
      expect(isTag(tag), JSON.stringify(tag)).toBe(false);
  });

  it('never fails with anything but an error of the list, whatever was scanned', () => {
    const scanned = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true }),
      fc.string().map((text) => `https://a.example/01/${text}`),
      fc.string({ unit: 'binary' }).map((text) => `urn:epc:id:${text}`),
      fc
        .constantFrom('__proto__', 'constructor', 'toString')
        .map((name) => `https://a.example/${name}/1/21/${name}`),
    );
    fc.assert(
      fc.property(scanned, (text) => {
        let tag: ReturnType<typeof parseTag>;
        try {
          tag = parseTag(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(HuilianError);
          expect((thrown as Error).message.isWellFormed()).toBe(true);
          return;
        }
        expect(tag.value).toMatch(/^[!-~]+$/);
      }),
      { numRuns: 1000 },
    );
  });
});
