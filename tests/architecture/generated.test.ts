import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary, dictionaryPage, publishedSchemas, tablesPage } from '@huilian/adapters';
import {
  errorCodes,
  errorsPage,
  lifecyclePage,
  rolePage,
  ROLES,
  timelinePage,
  type Language,
} from '@huilian/core';
import { configurationTable } from '@huilian/scanner-cli';
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

  it('of who sees what of a timeline are current (npm run docs makes them anew)', () => {
    expect(page(`timelines${suffix}.md`)).toBe(timelinePage(language));
  });

  it('of tables are current (npm run docs makes them anew)', () => {
    expect(page(`tables${suffix}.md`)).toBe(tablesPage(language));
  });

  it('of the dictionary are current (npm run docs makes them anew)', () => {
    expect(page(`dictionary${suffix}.md`)).toBe(dictionaryPage(language));
  });

  it('give every code a heading, which is its address', () => {
    for (const code of errorCodes()) expect(page(`errors${suffix}.md`)).toContain(`\n### ${code}\n`);
  });
});

it('The page of the settings of the command is current (npm run docs makes it anew)', () => {
  expect(page('configuration-scanner.md')).toBe(configurationTable());
});

describe('what programs read', () => {
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

  it('of the dictionary is current, and describes every member (adapters/src/dictionary/member-names.ts)', () => {
    expect(page('dictionary/dictionary.json')).toBe(json(dictionary()));
    expect(dictionary().undescribed).toEqual([]);
  });

  it('are schemas: all that there are, current, in docs and in the conformance kit', () => {
    const schemas = publishedSchemas();
    const names = (folder: string): string[] => readdirSync(join(checkout, folder)).sort();
    const fileNames = (kept: typeof schemas): string[] => kept.map(({ name }) => `${name}.json`).sort();
    const ofMessages = schemas.filter(({ name }) => !name.startsWith('event.'));
    expect(names('docs/dictionary/schemas')).toEqual(fileNames(schemas));
    expect(names('adapters/conformance/schemas')).toEqual(fileNames(ofMessages));
    for (const { name, schema } of schemas)
      expect(page(`dictionary/schemas/${name}.json`)).toBe(json(schema));
    for (const { name, schema } of ofMessages)
      expect(readFileSync(join(checkout, 'adapters/conformance/schemas', `${name}.json`), 'utf8')).toBe(
        json(schema),
      );
  });
});
