import { HuilianError } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { DifferenceFound } from '../difference.js';
import { heldBy, verdictOf } from './message.js';

const sent = (error: unknown) => structuredClone(verdictOf(error));

describe('An error of the other thread', () => {
  it('is the same difference on this side', () => {
    const difference = {
      code: 'HL-6028',
      block: 3,
      what: 'a',
      expected: 'b',
      found: 'c',
      evidence: { n: 1 },
    } as const;
    expect(() => heldBy(sent(new DifferenceFound(difference)))).toThrow(
      expect.objectContaining({ code: 'HL-6028', difference }),
    );
  });

  it('keeps its code and its details', () => {
    const details = { directory: '/nowhere', reason: 'full' };
    const error = new HuilianError('HL-6050', details, { cause: new Error('ENOSPC') });
    expect(() => heldBy(sent(error))).toThrow(
      expect.objectContaining({ code: 'HL-6050', details, cause: 'Error: ENOSPC' }),
    );
  });

  it('that is none of ours ends the thread', () => {
    expect(() => verdictOf(new TypeError('a defect'))).toThrow('a defect');
  });
});
