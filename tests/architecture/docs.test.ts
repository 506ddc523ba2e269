import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCreditCode, isErrorCode, parseVin } from '@huilian/core';
import { commands, globalOptions } from '@huilian/scanner-cli';
import { cast } from '@huilian/trial';
import { describe, expect, it } from 'vitest';
import {
  checkout,
  commandLines,
  documents,
  namedPaths,
  relativeLinks,
  resolves,
  scannerCommands,
} from './documents.js';

const all = documents();
const markdown = all.filter(({ path }) => path.endsWith('.md'));
const named = (path: string) => {
  const found = all.find((document) => document.path === path);
  if (!found) throw new Error(`${path} is missing`);
  return found;
};

/** Words of how the project was made, and of machines: a reader has no use for them. */
const FORBIDDEN = [
  /\bsessions?\b/i,
  /\bhelpers?\b/i,
  /\/work\//,
  /\/tmp\//,
  /\/root\//,
  /registry\.[a-z]+\.[a-z]+/i,
  /proxy\.golang\.org/,
  /\bnpmmirror\b/,
];

describe.each(all.map((document) => [document.path, document] as const))('%s', (_path, document) => {
  it('links only to what is there', () => {
    expect(relativeLinks(document).filter((target) => !resolves(document, target))).toEqual([]);
  });

  it('names only files that are there', () => {
    expect(namedPaths(document).filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  });

  it('names only error codes of the closed list', () => {
    const codes = [...document.text.matchAll(/\bHL-[0-9]{4}\b/g)].map(([code]) => code);
    expect(codes.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it('holds only VINs and credit codes that the ledger would take', () => {
    const vins = [...document.text.matchAll(/VIN:([0-9A-Z]{17})\b/g)].map(([, vin = '']) => vin);
    const codes = [...document.text.matchAll(/\b9[0-9A-Z]{17}\b/g)].map(([code]) => code);
    for (const vin of vins) expect(() => parseVin(vin), vin).not.toThrow();
    expect(codes.filter((code) => !isCreditCode(code))).toEqual([]);
  });

  it('speaks of the product alone', () => {
    expect(FORBIDDEN.filter((word) => word.test(document.text)).map(String)).toEqual([]);
  });
});

describe('what a reader is told to type', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const lifecycleScripts = ['ci', 'install', 'i', 'test', 'start'];

  it.each(markdown.map((document) => [document.path, document] as const))(
    '%s: every command of huilian exists',
    (_path, document) => {
      const unknown = scannerCommands(document).filter(
        (typed) => !typed.startsWith('-') && !commands.some(({ name }) => begins(typed, name)),
      );
      expect(unknown).toEqual([]);
    },
  );

  it.each(markdown.map((document) => [document.path, document] as const))(
    '%s: every option of huilian exists, and those that must be given are',
    (_path, document) => {
      expect(scannerCommands(document).flatMap(faultsOf)).toEqual([]);
    },
  );

  it.each(markdown.map((document) => [document.path, document] as const))(
    '%s: every npm script exists',
    (_path, document) => {
      const run = [...document.text.matchAll(/\bnpm run ([a-z:-]+)/g)].map(([, name = '']) => name);
      const short = commandLines(document).flatMap((line) =>
        [...line.matchAll(/^npm ([a-z]+)/g)].map(([, name = '']) => name),
      );
      const other = short.filter((name) => name !== 'run' && !lifecycleScripts.includes(name));
      expect([...run.filter((name) => !scripts.includes(name)), ...other]).toEqual([]);
    },
  );

  it.each(['README.md', 'README.zh-CN.md'])('%s names the enterprises that the trial has entered', (path) => {
    const rows = Object.values(cast).map(
      ({ name, roles, creditCode }) =>
        new RegExp(`\\| ${name} +\\| \`${roles.join(', ')}\` +\\| \`${creditCode}\` \\|`),
    );
    expect(rows.filter((row) => !row.test(named(path).text)).map(String)).toEqual([]);
  });

  it('is the same in both languages', () => {
    expect(commandLines(named('README.zh-CN.md'))).toEqual(commandLines(named('README.md')));
  });
});

/** What is wrong with the options of a command as it is typed. A command without arguments is only spoken of. */
function faultsOf(typed: string): string[] {
  // `intake truck` begins with `intake`, too.
  const [command] = commands
    .filter(({ name }) => begins(typed, name))
    .sort((a, b) => b.name.length - a.name.length);
  if (!command || typed === command.name) return [];
  const given = [...typed.matchAll(/(?<=\s)--[a-z-]+/g)].map(([flag]) => flag);
  const options = [...(command.options ?? []), ...globalOptions].map(({ flags, required }) => ({
    flag: flags.split(' ')[0] ?? '',
    required,
  }));
  const unknown = given.filter((flag) => !options.some((option) => option.flag === flag));
  const missing = options.filter(({ flag, required }) => required && !given.includes(flag));
  return [
    ...unknown.map((flag) => `${typed}: no option ${flag}`),
    ...missing.map(({ flag }) => `${typed}: lacks ${flag}`),
  ];
}

function begins(typed: string, name: string): boolean {
  return typed === name || typed.startsWith(`${name} `);
}
