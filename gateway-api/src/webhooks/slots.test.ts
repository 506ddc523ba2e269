import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

interface Guest {
  readonly name: string;
  readonly troubled: boolean;
}

/** Places whose guests stay until they are let go. */
function house(most: number) {
  const inside = new Map<string, () => void>();
  const slots = new Slots<Guest>(
    most,
    ({ name }) =>
      new Promise<void>((resolve) => {
        inside.set(name, () => {
          inside.delete(name);
          resolve();
        });
      }),
  );
  return { slots, names: () => [...inside.keys()], leave: (name: string) => inside.get(name)?.() };
}

const steady = (name: string): Guest => ({ name, troubled: false });
const troubled = (name: string): Guest => ({ name, troubled: true });

describe('places', () => {
  it('are as many as there are, and go to who waits first', async () => {
    const { slots, names, leave } = house(2);
    for (const name of ['a', 'b', 'c', 'd']) slots.add(steady(name));
    expect(names()).toEqual(['a', 'b']);
    leave('a');
    await expect.poll(names).toEqual(['b', 'c']);
  });

  it('go to those in trouble up to a half, so that the others find one', () => {
    const { slots, names } = house(4);
    for (const name of ['t1', 't2', 't3', 't4', 't5']) slots.add(troubled(name));
    expect(names()).toEqual(['t1', 't2']);
    for (const name of ['s1', 's2', 's3']) slots.add(steady(name));
    expect(names()).toEqual(['t1', 't2', 's1', 's2']);
  });

  it('are given to nobody once they are closed', async () => {
    const { slots, names, leave } = house(1);
    slots.add(steady('a'));
    slots.add(steady('b'));
    slots.close();
    slots.add(steady('c'));
    leave('a');
    await expect.poll(() => slots.taken).toBe(0);
    expect(names()).toEqual([]);
  });
});
