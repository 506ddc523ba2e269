import { HuilianError } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { Output } from './output.js';

const hostile = 'part\u001b]52;c;cm0gLXJm\u0007 \u001b[2J\u009b31m\u202eaccepted\u0000\r';

function heard(json: boolean, say: (output: Output) => void): string {
  let text = '';
  const sink = { write: (more: string) => (text += more) };
  say(new Output(sink, sink, { language: 'en', json, colour: true, debug: true }));
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
      const own = heard(json, say).replace(/\u001b\[(0|3[123])m/g, '');

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
