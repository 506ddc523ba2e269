import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { isTag, tagOf } from './tag.js';

describe("a stranger's label", () => {
  it('is bound by the digest of its content, byte for byte', () => {
    const tag = tagOf('MECARD:N:Sean Owen;;');
    expect(tag).toEqual({ scheme: 'label', value: sha256Hex(utf8('MECARD:N:Sean Owen;;')) });
    expect(tagOf('MECARD:N:Sean Owen;; ')).not.toEqual(tag);
  });

  it('is a tag that events may carry, and is read back from its own text', () => {
    const tag = tagOf('any words');
    expect(tag.scheme === 'label' && isTag(tag)).toBe(true);
    expect(tagOf(`label:${tag.value}`)).toEqual(tag);
  });

  it('does not hide the fault of a label of a known scheme', () => {
    expect(() => tagOf('LSVAM4187C2123456')).toThrow(expect.objectContaining({ code: 'HL-1042' }));
  });
});
