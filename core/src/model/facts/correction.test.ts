import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUndos, undosBeneath, undosWith, undoText, type Undo } from './correction.js';

const event = fc.stringMatching(/^[A-Za-z0-9_-]{8}$/);
const was = fc.constantFrom(
  {},
  { '': 'w' },
  { '': 'CDEfgijkl', m: 0 },
  { i: 'f' },
  { '': 'i', s: 'r' },
  { '': 'G', u: '91320000MA0DEM001U', w: {} },
  { a: [['x', 'y|z', 7]], t: [['serial', 'A|{"']], e: { engine: 1 } },
  { c: 'a,b', p: '' },
);
const undo: fc.Arbitrary<Undo> = fc.oneof(
  fc.record({ event }),
  fc.record({ event, was }),
  fc.record({ event, outputs: fc.nat(), was }),
);

describe('undos', () => {
  it('read as they were written, whatever an item had before', () => {
    fc.assert(
      fc.property(fc.array(undo), (all) => {
        const text = all.reduceRight<string | undefined>(
          (earlier, each) => undosWith(undoText(each), earlier, Infinity),
          undefined,
        );
        expect(readUndos(text)).toEqual(all);
        expect(readUndos(undosBeneath(text))).toEqual(all.slice(1));
      }),
    );
  });

  it('are as many as there is room for, and at least the last one', () => {
    const earlier = `${undoText({ event: 'Kn8RmY-s', was: {} })}|${undoText({ event: 'F4w9GsnJ' })}`;
    const last = undoText({ event: 'qEv4sJ1A', was: { '': 'w' } });
    expect(undosWith(last, earlier, 30)).toBe('qEv4sJ1A,-w|Kn8RmY-s|F4w9GsnJ*');
    expect(undosWith(last, earlier, 29)).toBe('qEv4sJ1A,-w|Kn8RmY-s');
    expect(undosWith(last, earlier, 5)).toBe('qEv4sJ1A,-w');
    expect(undosWith(last, undefined, 36)).toBe('qEv4sJ1A,-w');
  });
});
