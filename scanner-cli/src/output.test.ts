import { HuilianError } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { Output } from './output.js';

const hostile = 'part\u001b]52;c;cm0gLXJm\u0007 \u001b[2J\u009b31m\u202eaccepted\u0000\r';

function heard(json: boolean, say: (output: Output) => void): string {
  let text = '';
  const sink = { write: (more: string) => (text += more) };
  say(new Output(sink, sink, { language: 'en', json, env: { FORCE_COLOR: '1' }, debug: true }));
  return text;
}

describe('what a gateway or a file brings along', () => {
  it.each([
    ['data', (output: Output) => output.data(hostile, `a\n${hostile}`)],
    ['talk', (output: Output) => output.talk({ zh: hostile, en: hostile })],
    ['a warning', (output: Output) => output.warn({ zh: hostile, en: hostile })],
    ['an error', (output: Output) => output.error(new HuilianError('HL-7017', { address: hostile }))],
    [
      'a cause',
      (output: Output) => output.error(new HuilianError('HL-7017', {}, { cause: new Error(hostile) })),
    ],
  ])('does not steer the terminal as %s', (_what, say) => {
    for (const json of [false, true]) {
      const own = heard(json, say).replace(/\u001b\[3[1239]m/g, '');

      expect(own).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(own).toContain('\\u001b');
    }
  });

  it('comes out of JSON as it was', () => {
    const text = heard(true, (output) => {
      output.data({ hostile, name: '回链\ttab' }, '');
    });
    expect(JSON.parse(text)).toEqual({ hostile, name: '回链\ttab' });
  });

  it('leaves ordinary text, lines and tabs alone', () => {
    expect(heard(false, (output) => output.data('', '回链\ta\nb é'))).toBe('回链\ta\nb é\n');
  });
});

describe('colour', () => {
  const lines = (env: Record<string, string>, isTTY: boolean, json = false): string => {
    let text = '';
    const sink = { write: (more: string) => (text += more), isTTY };
    const output = new Output(sink, sink, { language: 'en', json, env, debug: false });
    output.data({ ok: true }, '✓ accepted  HL-2040');
    output.warn({ zh: '注意', en: 'note' });
    return text;
  };
  const ESCAPE = '\u001b';

  it('is for terminals', () => {
    expect(lines({}, true)).toBe(
      `${ESCAPE}[32m✓ accepted${ESCAPE}[39m  ${ESCAPE}[33mHL-2040${ESCAPE}[39m\n${ESCAPE}[33mnote${ESCAPE}[39m\n`,
    );
    expect(lines({}, false)).not.toContain(ESCAPE);
    expect(lines({ TERM: 'dumb' }, true)).not.toContain(ESCAPE);
  });

  it('is asked for by FORCE_COLOR and kept away by NO_COLOR', () => {
    expect(lines({ NO_COLOR: '1' }, true)).not.toContain(ESCAPE);
    expect(lines({ FORCE_COLOR: '0' }, true)).not.toContain(ESCAPE);
    expect(lines({ FORCE_COLOR: '1' }, false)).toContain(ESCAPE);
    expect(lines({ NO_COLOR: '' }, true)).toContain(ESCAPE);
  });

  it('never stands in JSON', () => {
    expect(lines({ FORCE_COLOR: '1' }, true, true).split('\n')[0]).toBe('{"ok":true}');
  });
});
