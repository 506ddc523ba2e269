import { describe, expect, it } from 'vitest';
import { commands } from './commands/index.js';
import { chooseLanguage } from './language.js';
import { huilian } from './program.testing.js';

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

  it('takes the id of a batch, of its correction and of a piece of work for an argument, too', async () => {
    const batch = '-xT1ivLT9SqDzz4j-NkTyUihTnPJqI6qLU0GEhCyoow.12';
    for (const args of [
      ['correct', batch, '--reason', 'wrongItem'],
      ['agree', '--json', batch],
      ['work', 'reoffer', batch.slice(0, 43)],
    ])
      expect((await huilian(args)).err, args.join(' ')).not.toMatch(/HL-7031/);
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
