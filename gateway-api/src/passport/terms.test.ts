import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { termsIn } from './terms.js';

const checkout = new URL('../../../', import.meta.url);

/** Texts in which categories are typed: the front pages, the pages of the roles, the morning of the demo. */
function texts(): string[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(new URL(folder, checkout), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${folder}${name}`);
  const paths = [
    'README.md',
    'README.zh-CN.md',
    ...inFolder('docs/roles/'),
    ...inFolder('trial/src/morning/'),
  ];
  return paths.map((path) => readFileSync(new URL(path, checkout), 'utf8'));
}

/** `--category starter`, `'--category', 'passengerCar'`, `part:starter:6200`. */
const typed = /--category[\s',]+([a-z]\w*)|\b(?:part|lot|battery):([a-z]\w*):\d/gi;

it('every category that a reader is told to type is named in both languages', () => {
  const codes = new Set(
    texts().flatMap((text) => [...text.matchAll(typed)].map(([, option, output]) => option ?? output ?? '')),
  );
  expect([...codes]).toEqual(expect.arrayContaining(['passengerCar', 'starter', 'concrete']));
  const named = (code: string): boolean => /^[\u4e00-\u9fff]+$/.test(termsIn('zh-CN').category(code));
  expect([...codes].filter((code) => !named(code))).toEqual([]);
  expect(termsIn('en').category('sedan')).toBe('Sedan');
});

it('a truck is a vehicle or a container, and each is called what it is', () => {
  expect(termsIn('zh-CN').category('truck', 'vehicle')).toBe('货车');
  expect(termsIn('zh-CN').category('truck', 'container')).toBe('车厢');
});

it('a category that nobody named is its code, in English as words', () => {
  expect(termsIn('en').category('wiperMotor', 'part')).toBe('Wiper motor');
  expect(termsIn('zh-CN').category('wiperMotor', 'part')).toBe('wiperMotor');
});
