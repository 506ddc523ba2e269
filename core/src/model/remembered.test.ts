import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.js';

describe('A check that remembers', () => {
  it('answers as the check does, and asks it once about a text that passes', () => {
    const asked: string[] = [];
    const isEven = remembered((text) => {
      asked.push(text);
      return Number(text) % 2 === 0;
    });
    expect(['2', '3', '2', '3'].map(isEven)).toEqual([true, false, true, false]);
    expect(asked).toEqual(['2', '3', '3']);
  });

  it('forgets when it holds many', () => {
    let asked = 0;
    const passes = remembered(() => ++asked > 0);
    for (let number = 0; number <= 32_768; number++) passes(String(number));
    passes('0');
    expect(asked).toBe(32_770);
  });
});
