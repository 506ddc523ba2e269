import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesPage } from '@huilian/adapters';
import { errorCodes, errorsPage, lifecyclePage, rolePage, ROLES, type Language } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { checkout } from './documents.js';

const page = (name: string): string => readFileSync(join(checkout, 'docs', name), 'utf8');
const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', ''],
  ['zh-CN', '.zh-CN'],
];

describe.each(LANGUAGES)('the pages made for %s', (language, suffix) => {
  it('of errors are current (npm run docs makes them anew)', () => {
    expect(page(`errors${suffix}.md`)).toBe(errorsPage(language));
  });

  it('of the life cycle are current (npm run docs makes them anew)', () => {
    expect(page(`lifecycle${suffix}.md`)).toBe(lifecyclePage(language));
  });

  it('of what each role may record are current (npm run docs makes them anew)', () => {
    for (const role of ROLES) expect(page(`roles/steps/${role}${suffix}.md`)).toBe(rolePage(language, role));
  });

  it('of tables are current (npm run docs makes them anew)', () => {
    expect(page(`tables${suffix}.md`)).toBe(tablesPage(language));
  });

  it('give every code a heading, which is its address', () => {
    for (const code of errorCodes()) expect(page(`errors${suffix}.md`)).toContain(`\n### ${code}\n`);
  });
});
