import { describe, expect, it } from 'vitest';
import { secondsOfStat } from './cpu.js';
import { samplesOf } from './metrics.js';
import { helpOf, readOptions } from './options.js';
import { Slots } from './slots.js';

describe('what a benchmark reads', () => {
  it('is the CPU time of a process, whatever its command is called', () => {
    const fields = Array.from({ length: 49 }, (_, i) => String(i + 4));
    fields[10] = '250'; // utime, the 14th of the line
    fields[11] = '50';
    expect(secondsOfStat(`4711 (node) S ${fields.join(' ')}`)).toBe(3);
    expect(secondsOfStat(`4711 (odd ) R 1 (name) S ${fields.join(' ')}`)).toBe(3);
  });

  it('is the samples of one metric', () => {
    const text = '# HELP a_b x\na_b 5\na_b{code="HL-1",le="0.5"} 1.5e3\na_b_total 7\nc 1\n';
    expect(samplesOf(text, 'a_b')).toEqual([
      { labels: '', value: 5 },
      { labels: 'code="HL-1",le="0.5"', value: 1500 },
    ]);
  });
});

describe('the options of a benchmark', () => {
  const table = {
    rounds: { default: 3, help: 'rounds' },
    keep: { default: false, help: 'keep' },
    archive: { default: '', help: 'a file' },
  } as const;

  it('have defaults, and take numbers, flags and paths', () => {
    expect(readOptions(table, [])).toEqual({ rounds: 3, keep: false, archive: '' });
    expect(readOptions(table, ['--rounds', '5_000', '--keep', '--archive', 'x'])).toEqual({
      rounds: 5000,
      keep: true,
      archive: 'x',
    });
  });

  it('are refused when they are unknown or no numbers', () => {
    for (const args of [['--round', '1'], ['--rounds', 'many'], ['--rounds', '-1'], ['more']])
      expect(() => readOptions(table, args), args.join(' ')).toThrow();
  });

  it('are listed', () => {
    expect(helpOf(table)).toMatch(/--rounds 3 +rounds\n.*--keep +keep\n.*--archive PATH +a file\n/);
  });
});

describe('slots', () => {
  it('let no more run than there are, and all in the end, also after a failure', async () => {
    const slots = new Slots(3);
    let running = 0;
    let most = 0;
    const work = async (index: number): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (index === 4) throw new Error('failed');
      return index;
    };
    const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => slots.run(() => work(i))));
    expect(most).toBe(3);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
  });
});
