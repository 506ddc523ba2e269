import { expect, it } from 'vitest';
import { chooseLanguage } from './language.js';

it.each([
  [undefined, 'zh-CN'],
  ['*', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-TW,en;q=0.5', 'zh-CN'],
  ['en-GB', 'en'],
  ['en;q=0.3, zh-CN;q=0.9', 'zh-CN'],
  ['fr, en;q=0.8, zh;q=0.2', 'en'],
  ['de', 'en'],
  ['zh;q=0, en', 'en'],
])('a reader who asks for %s is answered in %s', (header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});
