import { describe, expect, it } from 'vitest';
import { ancestorsOf, descendantsOf } from './genealogy.js';
import type { ItemRecord, LinkRecord } from './ports.js';

/** Links in a table, two on a page. */
function tableOf(links: readonly Omit<LinkRecord, 'current'>[]) {
  const byChild = new Map<string, LinkRecord[]>();
  const byParent = new Map<string, LinkRecord[]>();
  const put = (map: Map<string, LinkRecord[]>, key: string, link: LinkRecord) =>
    map.set(key, [...(map.get(key) ?? []), link]);
  for (const each of links) {
    const link = { ...each, current: true };
    put(byChild, link.child, link);
    put(byParent, `${link.parent}/${link.relation}`, link);
  }
  const page = (found: readonly LinkRecord[], cursor: string | undefined) => {
    const start = Number(cursor ?? 0);
    const next = start + 2 < found.length ? { next: String(start + 2) } : {};
    return Promise.resolve({ records: found.slice(start, start + 2), ...next });
  };
  return {
    linksFrom: (child: string, { cursor }: { cursor?: string | undefined }) =>
      page(byChild.get(child) ?? [], cursor),
    linksTo: (parent: string, relation: string, { cursor }: { cursor?: string | undefined }) =>
      page(byParent.get(`${parent}/${relation}`) ?? [], cursor),
    itemsById: (ids: readonly string[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, { id } as ItemRecord]))),
  };
}

const out = (child: string, parent: string, since: string) =>
  ({ child, parent, relation: 'dismantledFrom', since }) as const;
const joined = (child: string, parent: string, since: string) =>
  ({ child, parent, relation: 'joinedTo', since }) as const;

describe('the genealogy of lots', () => {
  // Out of a truck come a and b; of a a sample is taken; a, b and c are merged into m; m is split.
  const model = tableOf([
    out('a', 'truck', '1'),
    out('b', 'truck', '1'),
    out('sample', 'a', '2'),
    out('m', 'a', '3'),
    joined('b', 'a', '3'),
    joined('c', 'a', '3'),
    out('x', 'm', '4'),
    out('y', 'm', '4'),
    out('z', 'm', '4'),
  ]);
  const ids = async (found: ReturnType<typeof ancestorsOf>): Promise<string[]> =>
    (await found).relatives.map(({ record, depth }) => `${depth} ${record.id}`);

  it('leads up to all that went in, whichever lot stood for the others', async () => {
    expect(await ids(ancestorsOf(model, 'z'))).toEqual(['1 m', '2 a', '2 b', '2 c', '3 truck']);
  });

  it('leads down to all that came out, from each of the lots that went in', async () => {
    for (const lot of ['b', 'c'])
      expect(await ids(descendantsOf(model, lot))).toEqual(['1 m', '2 x', '2 y', '2 z']);
    expect(await ids(descendantsOf(model, 'truck'))).toEqual([
      '1 a',
      '1 b',
      '2 sample',
      '2 m',
      '3 x',
      '3 y',
      '3 z',
    ]);
  });

  it('tells a sample that was taken before from what came out after', async () => {
    expect(await ids(ancestorsOf(model, 'sample'))).toEqual(['1 a', '2 truck']);
  });

  it('is as deep as it is, and says when there is more than it lists', async () => {
    const chain = (length: number) =>
      tableOf(Array.from({ length }, (_, i) => out(`lot ${i + 1}`, `lot ${i}`, String(i))));
    const deep = await descendantsOf(chain(100), 'lot 0');
    expect(deep).toMatchObject({ complete: true });
    expect(deep.relatives.at(-1)).toMatchObject({ depth: 100, beside: 'lot 99' });
    expect(await descendantsOf(chain(2_100), 'lot 0')).toMatchObject({ complete: false });
  });
});
