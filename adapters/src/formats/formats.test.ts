import { describe, expect, it } from 'vitest';
import { formats } from './index.js';

describe('every declared format', () => {
  it('has names, headers and a key of its own, in both languages', () => {
    for (const [name, { columns, key, anyOf, leftOut, title, source }] of Object.entries(formats)) {
      const names = columns.map((column) => column.name);
      expect(new Set(names).size, name).toBe(names.length);
      const aliases = columns.flatMap(({ headers }) => [...new Set([...headers.zh, ...headers.en])]);
      expect(new Set(aliases).size, name).toBe(aliases.length);
      expect(aliases.filter((alias) => leftOut.includes(alias))).toEqual([]);
      const ofKey = columns.filter((column) => key.includes(column.name));
      expect(ofKey, name).toHaveLength(key.length);
      expect(ofKey.some(({ required }) => required) || anyOf?.every((each) => key.includes(each))).toBe(true);
      for (const phrase of [title, source, ...columns.map((column) => column.source)]) {
        expect(phrase.zh).toMatch(/\p{Script=Han}/u);
        expect(phrase.en).toMatch(/^[ -~]+$/);
      }
    }
  });

  it('has code lists in which each word means one code', () => {
    for (const { columns } of Object.values(formats))
      for (const { field } of columns) {
        if (field.type !== 'codeList') continue;
        const words = field.codes.flatMap(({ code, name, also = [] }) => [
          ...new Set([code, name.zh, name.en, ...also].map((word) => word.toLowerCase().replace(/\s/g, ''))),
        ]);
        expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
      }
  });
});
