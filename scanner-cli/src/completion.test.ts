import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commands } from './commands/index.js';
import { huilian } from './program.testing.js';

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
