import type { ItemRow } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { adviceOn } from './advice.js';

const car = { item: 'hl1car', kind: 'vehicle', state: 'received' } as unknown as ItemRow & { item: string };

describe('what would be allowed instead of a refused step', () => {
  it('names the present state and the states in which the step is taken', () => {
    const advice = adviceOn('HL-2010', 'surrender', car);
    expect(advice?.en).toMatch(
      /^It is now: received\. The step is taken in: .*in use.*huilian item next hl1car$/,
    );
    expect(advice?.zh).toMatch(
      /^当前状态：.*。该步骤须处于：.*。现在可办理的步骤：huilian item next hl1car$/,
    );
  });

  it('names the roles that may take the step', () => {
    expect(adviceOn('HL-2030', 'release', car)?.en).toContain('It is for: police. ');
  });

  it('names what the step must be given', () => {
    expect(adviceOn('HL-2012', 'receive', car)?.en).toContain('It is given: massGrams');
  });

  it('names what it may be given where one of that is wanted', () => {
    const part = { ...car, kind: 'part' as const };
    expect(adviceOn('HL-2012', 'codePart', part)?.en).toContain('It is given: label, model');
  });

  it('says nothing where the code says it all', () => {
    expect(adviceOn('HL-2050', 'dismantle', car)).toBeUndefined();
  });
});
