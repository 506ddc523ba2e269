import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { creditCodeCheck, HuilianError, parseTrustBundle, type Json, type Language } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from './commands/index.js';
import { readConfig } from './config.js';
import { initKey } from './keys/index.js';
import { chooseLanguage } from './language.js';
import { run } from './program.js';

const owner = '91330100MA27ABCD0' + creditCodeCheck('91330100MA27ABCD0');
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'huilian-cli-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Ran {
  exit: number;
  out: string;
  err: string;
}

async function huilian(
  args: readonly string[],
  env: Record<string, string> = {},
  language: Language = 'en',
): Promise<Ran> {
  const ran: Ran = { exit: 0, out: '', err: '' };
  ran.exit = await run(commands, args, {
    env: { HUILIAN_HOME: home, HUILIAN_GATEWAY: 'http://127.0.0.1:9', ...env },
    stdout: { write: (text: string) => (ran.out += text) },
    stderr: { write: (text: string) => (ran.err += text) },
    language,
    now: () => 1_795_000_000_000,
  });
  return ran;
}

describe('the command line', () => {
  it.each([
    [['--help'], 0],
    [['tag', 'read', '--help'], 0],
    [['help', 'queue'], 0],
    [[], 2],
    [['tag'], 2],
    [['nonsense'], 2],
    [['tag', 'read'], 2],
    [['tag', 'read', '--nonsense', 'a.png'], 2],
    [['inspect', 'hl1', '--result', 'perhaps'], 2],
    [['item', 'show', 'hl1qqqq'], 2],
  ])('%j ends with %i', async (args, exit) => {
    expect((await huilian(args)).exit).toBe(exit);
  });

  it.each([
    [['frobnicate'], 'frobnicate', 'intake'],
    [['tag', 'frobnicate'], 'frobnicate', 'parse'],
    [['intake'], '--category <code>', ''],
    [['inspect', 'hl1', '--result', 'maybe'], '--result <result>', 'unfit'],
    [['inspect', 'hl1'], '--result <result>', 'unfit'],
    [['--lang', 'fr', 'key', 'list'], '--lang <language>', 'zh-CN'],
    [['tag', 'read'], '<files>', ''],
    [['tag', 'read', '--nonsense', 'a.png'], '--nonsense', '--json'],
    [['key', 'list', '--key'], '--key <name>', ''],
    [['key', 'list', 'surplus'], 'surplus', ''],
  ])('tells what is wrong with %j in the chosen language, as HL-7031', async (args, word, choice) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { exit, out, err } = await huilian(args, {}, language);
      expect({ exit, out }).toEqual({ exit: 2, out: '' });
      expect(err).toMatch(/^HL-7031 /);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      for (const part of [word, choice]) expect(err).toContain(part);
      if (language === 'zh-CN') expect(err).not.toMatch(/error|reason|option|missing|one of/);
    }
  });

  it.each([
    '-xT1ivLT9SqDzz4j-NkTyUihTnPJqI6qLU0GEhCyoow.1.0',
    '--T1ivLT9SqDzz4j-NkTyUihTnPJqI6qLU0GEhCyoow.12.499',
  ])('takes the id %s for an argument although it begins with a dash', async (id) => {
    for (const args of [
      ['proof', id],
      ['proof', id, '--out', 'a.json'],
      ['proof', '--out', 'a.json', id],
      ['--json', 'proof', id],
    ])
      expect((await huilian(args)).err, args.join(' ')).toMatch(/HL-7020/);
    expect((await huilian(['key', 'list', id])).err).toContain(
      `(option: ${id}, reason: one argument too many`,
    );
    expect((await huilian(['proof', id.slice(0, 42)])).err).toContain(`(option: -`);
  });

  it('takes the word after an option for its value although it looks like an id', async () => {
    const id = '-xT1ivLT9SqDzz4j-NkTyUihTnPJqI6qLU0GEhCyoow';
    expect((await huilian(['key', 'list', '--key', id])).err).not.toContain('HL-7031');
    expect((await huilian(['--lang', id, 'key', 'list'])).err).toContain(`zh-CN`);
  });

  it('says what every group of commands is about', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { out } = await huilian(['--help'], {}, language);
      for (const group of new Set(
        commands.map(({ name }) => name.split(' ')).filter((words) => words.length > 1),
      ))
        expect(out).toMatch(new RegExp(`^ +${group[0]} .*\\S`, 'm'));
    }
  });

  it('speaks one language in its help', async () => {
    for (const args of [['--help'], ['tag', 'read', '--help'], ['inspect', '--help'], ['help', 'queue']]) {
      const { exit, out } = await huilian(args, {}, 'zh-CN');
      expect(exit).toBe(0);
      expect(out).toContain('用法：');
      expect(out).not.toMatch(/Usage|Options|Arguments|Commands|choices|display|\[options\]|\[command\]/);
    }
    expect((await huilian(['inspect', '--help'])).out).toMatch(
      /^Usage: huilian inspect \[options\] <items...>/,
    );
  });

  it('tells its version', async () => {
    expect(await huilian(['--version'])).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it('speaks the language that is asked for, else that of the locale', () => {
    expect(chooseLanguage(['--lang', 'zh-CN', 'tag'], { LANG: 'en_US.UTF-8' })).toBe('zh-CN');
    expect(chooseLanguage(['tag', '--lang=en'], { LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(chooseLanguage([], { LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(chooseLanguage([], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(chooseLanguage([], {})).toBe('en');
  });

  it('says every summary and every option in both languages', () => {
    for (const { name, summary, options } of commands) {
      for (const phrase of [summary, ...(options ?? []).map(({ about }) => about)]) {
        expect(phrase.zh, name).toMatch(/\p{Script=Han}/u);
        expect(phrase.en, name).toMatch(/^[ -~]+$/);
      }
    }
  });

  it('tells an error with its stable code, what happened and what to do next', async () => {
    expect(await huilian(['item', 'show', 'VIN:LSVAM4186C2123457'])).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('HL-7020'),
    });
    const wrong = await huilian(['tag', 'parse', 'VIN:LSVAM4186C2123457'], {}, 'zh-CN');
    expect(wrong).toMatchObject({ exit: 2, out: '' });
    expect(wrong.err).toContain('HL-1042');
    expect(wrong.err).toMatch(/\p{Script=Han}/u);
  });

  it('puts data on stdout, one line of JSON each, and talk on stderr', async () => {
    const { exit, out, err } = await huilian([
      'tag',
      'parse',
      '--json',
      'VIN:LSVAM4186C2123456',
      'huilian:nothing',
      'any other label',
    ]);
    expect(exit).toBe(2);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      { scheme: 'vin', value: 'LSVAM4186C2123456' },
      { error: { code: 'HL-1030', name: 'id.malformed' } },
      { scheme: 'label' },
    ]);
    expect(err).toContain('HL-1030');
    expect(out + err).not.toContain('\u001b');
  });
});

describe('the configuration', () => {
  it('names every faulty variable at once', () => {
    const faulty = { HUILIAN_GATEWAY: 'ftp://x', HUILIAN_TIMEOUT_SECONDS: '0', HUILIAN_KEY: '../../etc' };
    expect(() => readConfig(faulty)).toThrow(HuilianError);
    try {
      readConfig(faulty);
    } catch (error) {
      expect(Object.keys((error as HuilianError).details).sort()).toEqual([
        'HUILIAN_GATEWAY',
        'HUILIAN_KEY',
        'HUILIAN_TIMEOUT_SECONDS',
      ]);
    }
  });

  it('takes several gateways, and empty variables as not set', () => {
    const config = readConfig({ HUILIAN_GATEWAY: 'http://a:1/, https://b', NO_COLOR: '' });
    expect(config.HUILIAN_GATEWAY).toEqual(['http://a:1', 'https://b']);
    expect(config.NO_COLOR).toBeUndefined();
  });
});

describe('a device without a network', () => {
  beforeAll(() => {
    const certificate = '-----BEGIN CERTIFICATE-----\n';
    const organisations = ['OversightMSP', 'RecyclingMSP'].map((mspId) => ({
      mspId,
      roots: [certificate],
      intermediates: [],
    }));
    const trust = {
      kind: 'huilian.trust',
      version: 1,
      ledger: 'ab'.repeat(32),
      channel: 'lifecycle',
      chaincode: 'huilian',
      required: 'OversightMSP',
      organisations,
    };
    writeFileSync(join(home, 'trust.json'), JSON.stringify(trust));
  });
  const trust = (): string[] => ['--trust', join(home, 'trust.json')];

  it('makes a key only for a credit code with the right check character, and only with a trust bundle', async () => {
    expect(await huilian(['key', 'init', 'd', '--owner', '91330100MA27ABCD00', ...trust()])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-1031'),
    });
    expect(await huilian(['key', 'init', 'd', '--owner', owner])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-7024'),
    });
    expect(await huilian(['key', 'init', 'd', '--owner', owner, ...trust()])).toMatchObject({ exit: 0 });
    expect(await huilian(['key', 'init', 'd', '--owner', owner, ...trust()])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-7021'),
    });
  });

  it('refuses a key file that others can read', async () => {
    chmodSync(join(home, 'keys', 'd', 'key.json'), 0o644);
    expect(await huilian(['key', 'show', 'd'])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('HL-7022'),
    });
    chmodSync(join(home, 'keys', 'd', 'key.json'), 0o600);
    expect(await huilian(['key', 'show', 'd'])).toMatchObject({ exit: 0 });
  });

  it('records a whole morning offline, step after step, and warns of the step that the rules forbid', async () => {
    const key = { HUILIAN_KEY: 'd' };
    const taken = await huilian(
      [
        'intake',
        '--category',
        'passengerCar',
        '--tag',
        'VIN:LSVAM4186C2123456',
        '--mass',
        '1200kg',
        '--json',
      ],
      key,
    );
    expect(taken).toMatchObject({ exit: 5 });
    const { item, status } = JSON.parse(taken.out) as { item: string; status: string };
    expect(status).toBe('queued');
    expect(await huilian(['inspect', item, '--result', 'fit', '--offline'], key)).toMatchObject({ exit: 5 });
    const listed = await huilian(['queue', 'list', '--json'], key);
    expect(JSON.parse(listed.out)).toMatchObject({
      batches: [
        { sequence: 1, state: 'waiting' },
        { sequence: 2, state: 'waiting' },
      ],
    });
  });

  it('signs nothing with a key that another program uses, and says so in the list', async () => {
    const bundle = parseTrustBundle(JSON.parse(readFileSync(join(home, 'trust.json'), 'utf8')) as Json);
    await initKey(home, 'trial', 'RecyclingMSP', bundle, { laneElsewhere: true });
    const { keys } = JSON.parse((await huilian(['key', 'list', '--json'])).out) as { keys: unknown };
    expect(keys).toEqual([
      expect.not.objectContaining({ laneElsewhere: true }),
      expect.objectContaining({ name: 'trial', laneElsewhere: true }),
    ]);
    expect((await huilian(['key', 'list'])).out).toMatch(/^trial\t.*another program$/m);
    const step = ['participant', 'reinstate', owner, '--offline'];
    expect(await huilian(step, { HUILIAN_KEY: 'trial' })).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('HL-7026'),
    });
    expect(readdirSync(join(home, 'keys', 'trial'))).toEqual(['key.json']);
  });

  it('takes a table that no rule uses for a slip, unless it is told that the name is new', async () => {
    await huilian(['key', 'init', 'office', '--owner', 'OversightMSP', ...trust()]);
    const table = join(home, 'table.json');
    writeFileSync(table, '{"permille":50}');
    const given = ['--rule-version', '1', '--from', '2026-01-01', '--table', table, '--offline'];
    const propose = (...args: string[]): Promise<Ran> =>
      huilian(['rule', 'propose', ...args, ...given], { HUILIAN_KEY: 'office' });
    const slip = await propose('masTolerance');
    expect(slip).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(/massTolerance[^]*--new/) });
    expect(await propose('masTolerance', '--new')).toMatchObject({ exit: 5 });
    expect((await propose('massTolerance')).err).not.toContain('No rule uses');
  });

  it('says that an empty queue is empty, on stderr only', async () => {
    await huilian(['key', 'init', 'empty', '--owner', owner, ...trust()]);
    const key = { HUILIAN_KEY: 'empty' };
    expect(await huilian(['queue', 'list'], key)).toEqual({ exit: 0, out: '', err: 'The queue is empty.\n' });
    expect(JSON.parse((await huilian(['queue', 'list', '--json'], key)).out)).toEqual({ batches: [] });
  });

  it('records nothing for arguments that say nothing', async () => {
    const key = { HUILIAN_KEY: 'd' };
    for (const args of [
      ['intake', '--category', 'passengerCar'],
      ['intake', '--category', 'passengerCar', '--kind', 'vehicle', '--from', 'somewhere'],
      ['intake', '--category', 'passengerCar', '--kind', 'vehicle', '--mass', '1.5'],
      ['dismantle', 'serial:x', '--output', 'engine'],
      ['handover', 'serial:x', '--to', '123'],
    ]) {
      expect((await huilian([...args, '--offline'], key)).exit, args.join(' ')).toSatisfy(
        (exit: number) => exit === 1 || exit === 2,
      );
    }
    expect(JSON.parse((await huilian(['queue', 'list', '--json'], key)).out)).toMatchObject({
      batches: { length: 2 },
    });
  });
});

it('completion knows every noun, verb and option', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exit, out } = await huilian(['completion', shell]);
    expect(exit).toBe(0);
    for (const { name } of commands) for (const word of name.split(' ')) expect(out).toContain(word);
    expect(out).toContain('--tolerance-version');
  }
  expect((await huilian(['completion', 'cmd'])).exit).toBe(2);
});

it('completion offers the values of an option, those of the command at hand', async () => {
  const { out } = await huilian(['completion', 'bash']);
  const offered = (...words: string[]): string[] => {
    const typed = ['huilian', ...words, ''];
    const script = `${out}
COMP_WORDS=(${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length - 1}
compopt() { :; }; _huilian; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  };
  expect(offered('--lang')).toEqual(['zh-CN', 'en']);
  expect(offered('inspect', '--lang', 'en', '--result')).toEqual(['fit', 'unfit']);
  expect(offered('intake', '--kind')).toContain('vehicle');
  expect(offered('key', 'register', '--kind')).toContain('administrator');
  expect(offered('tag')).toEqual(['read', 'imei', 'parse', 'award']);
  expect((await huilian(['completion', 'fish'])).out).toContain("-x -l result -a 'fit unfit'");
});
