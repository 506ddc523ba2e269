import { expect, it } from 'vitest';
import { languageOf, readCommandLine } from './options.js';

it('reads a command with its options', () => {
  const line = readCommandLine(
    ['up', '--ordering', 'bft', '--port', '9000', '--home', '/h', '--lang', 'zh-CN'],
    {},
  );
  expect(line).toMatchObject({
    command: 'up',
    ordering: 'bft',
    basePort: 9000,
    home: '/h',
    language: 'zh-CN',
  });
});

it('reads the attributes of an identity', () => {
  const line = readCommandLine(
    ['enroll', 'OversightMSP', 'clerk', '--role', 'auditor', '--attribute', 'desk=7=a'],
    {},
  );
  expect(line).toMatchObject({
    rest: ['OversightMSP', 'clerk'],
    role: 'auditor',
    attributes: { desk: '7=a' },
  });
});

it.each([
  [['up', '--ordering', 'solo']],
  [['up', '--port', 'x']],
  [['up', '--port', '-1']],
  [['up', '--what']],
  [['enroll', '--attribute', '=1']],
  [['status', '--lang', 'fr']],
  [['enroll', 'OversightMSP', 'clerk', '--role', 'boss']],
])('refuses %j', (args) => {
  expect(() => readCommandLine(args, {})).toThrow(expect.objectContaining({ code: 'HL-8023' }));
});

it.each([
  ['zh_CN.UTF-8', 'zh-CN'],
  ['en_GB.UTF-8', 'en'],
  ['', 'en'],
])('speaks the language of the environment: %s', (LANG, language) => {
  expect(languageOf({ LANG })).toBe(language);
});
