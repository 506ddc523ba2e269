import { describe, expect, it } from 'vitest';
import type { Put } from '../store/store.js';
import { itemView, tagView } from '../views/items.js';
import type { DocumentOf, View } from '../views/declare.js';
import { RecentItems } from './recent-items.js';

type Item = DocumentOf<typeof itemView>;

const item = (id: string, position: string): Item => ({ id, position }) as Item;
const put = (document: Item): Put => ({ view: itemView, document });

/** A store that knows every key, and what it was asked for. */
function store() {
  const asked: string[] = [];
  return {
    asked,
    getMany<V extends View>(view: V, keys: readonly string[]) {
      asked.push(...keys.map((key) => `${view.name} ${key}`));
      return Promise.resolve(
        new Map(keys.map((key) => [key, item(key, 'stored') as unknown as DocumentOf<V>])),
      );
    },
    find: () => Promise.resolve({ documents: [] }),
  };
}

const positions = async (recent: RecentItems, ...ids: string[]) => {
  const found = await recent.getMany(itemView, ids);
  return ids.map((id) => found.get(id)?.position);
};

describe('recent items', () => {
  it('are as they were folded last, and others as they are stored', async () => {
    const under = store();
    const recent = new RecentItems(under);
    recent.keep([put(item('a', 'folded')), put(item('b', 'folded')), put(item('a', 'folded again'))]);
    expect(await positions(recent, 'a', 'b', 'c')).toEqual(['folded again', 'folded', 'stored']);
    expect(under.asked).toEqual(['item c']);
  });

  it('are bounded, and those that came first are forgotten first', async () => {
    const under = store();
    const recent = new RecentItems(under, 2);
    recent.keep([put(item('a', 'folded')), put(item('b', 'folded')), put(item('a', 'folded'))]);
    recent.keep([put(item('c', 'folded'))]);
    expect(await positions(recent, 'a', 'b', 'c')).toEqual(['folded', 'stored', 'folded']);
  });

  it('are items only', async () => {
    const under = store();
    const recent = new RecentItems(under);
    recent.keep([put(item('a', 'folded'))]);
    await recent.getMany(tagView, ['a']);
    expect(under.asked).toEqual(['tag a']);
  });
});
