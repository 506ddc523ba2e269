import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scratch } from './scratch.js';
import { absent, Table } from './table.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huilian-table-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const key = fc.constantFrom('a', 'b', 'item/1', 'item/2', 'ß', '\u0000', '名', '😀', 'x\u0000y', '');
const step = fc.oneof(
  fc.record({ key, version: fc.constantFrom(absent, 0, 1, 2 ** 40) }),
  fc.record({ key, text: fc.constantFrom('{}', '{"name":"名"}', '"x"') }),
  fc.record({ key }),
);

describe('A table that keeps three rows in memory', () => {
  it('tells what was last set of every row, as a table that keeps all of them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const scratch = new Scratch(folder);
        const table = new Table(scratch, { rows: 3, characters: 1_000 });
        const expected = new Map<string, { version: number; text: string | undefined }>();
        const known = (name: string) => expected.get(name) ?? { version: absent, text: undefined };
        for (const taken of steps) {
          if ('version' in taken) {
            table.setVersion(taken.key, taken.version);
            expected.set(taken.key, { ...known(taken.key), version: taken.version });
          } else if ('text' in taken) {
            table.set(taken.key, taken.text, 7);
            expected.set(taken.key, { version: 7, text: taken.text });
          } else {
            expect(table.entry(taken.key)).toMatchObject(known(taken.key));
          }
        }
        const there = ({ version, text }: { version: number; text: string | undefined }) =>
          version !== absent || text !== undefined;
        const all = [...table.entries()].filter(([, entry]) => there(entry));
        const found = new Map(all.map(([name, { version, text }]) => [name, { version, text }]));
        expect(found.size).toBe(all.length);
        expect(found).toEqual(new Map([...expected].filter(([, entry]) => there(entry))));
        scratch.close();
      }),
    );
  });

  it('forgets rows by the length of their texts, too', () => {
    const scratch = new Scratch(join(folder, 'nowhere'));
    const table = new Table(scratch, { rows: 1_000, characters: 10 });
    table.set('a', '0123456789', 0);
    table.set('b', '0123456789', 0);
    expect(() => {
      table.set('c', '0123456789', 0);
    }).toThrow(expect.objectContaining({ code: 'HL-6050' }));
  });
});

describe('The scratch file', () => {
  it('is made when a row does not fit, and leaves nothing in its folder', async () => {
    const scratch = new Scratch(join(folder, 'nowhere'));
    const small = new Table(scratch, { rows: 10, characters: 1_000 });
    for (let row = 0; row < 10; row += 1) small.setVersion(`row ${row}`, row);
    expect([...small.entries()]).toHaveLength(10);
    const spilling = new Table(new Scratch(folder), { rows: 10, characters: 1_000 });
    for (let row = 0; row < 100; row += 1) spilling.setVersion(`row ${row}`, row);
    expect(spilling.entry('row 0').version).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that cannot be made is an error that names its folder', () => {
    const directory = join(folder, 'nowhere');
    const table = new Table(new Scratch(directory), { rows: 1, characters: 1_000 });
    const fill = (): void => {
      for (const name of ['a', 'b', 'c']) table.setVersion(name, 0);
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'HL-6050' }));
    expect(fill).toThrow(expect.objectContaining({ details: expect.objectContaining({ directory }) }));
  });
});
