import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessTable, admit, authorise, type Resource } from './access.js';
import { anonymous, type Caller } from './caller.js';

const plant: Caller = { kind: 'key', subject: 'k', creditCode: '911100000000000001', oversight: false };
const oversight: Caller = { kind: 'person', subject: 'p', oversight: true };
const nobodys: Caller = { kind: 'person', subject: 'q', oversight: false };
const resources = Object.keys(accessTable) as Resource[];

describe('the access table', () => {
  it('shows Oversight everything', () => {
    for (const resource of resources) {
      expect(authorise(oversight, resource)).toBeUndefined();
      expect(() => {
        admit(oversight, resource, undefined);
      }).not.toThrow();
    }
  });

  it('asks for a token for everything that is not public', () => {
    for (const resource of resources.filter((name) => accessTable[name].anonymous !== 'all')) {
      expect(() => authorise(anonymous, resource)).toThrow(
        expect.objectContaining({ code: 'HL-4010' }) as Error,
      );
    }
  });

  it('narrows the lists of a participant to itself', () => {
    expect(authorise(plant, 'item')).toBe('911100000000000001');
    expect(authorise(plant, 'directory')).toBeUndefined();
  });

  it('keeps raw blocks and rows for Oversight', () => {
    expect(() => authorise(plant, 'ledger')).toThrow(expect.objectContaining({ code: 'HL-4021' }) as Error);
  });

  it('gives a person without a participant nothing that takes one', () => {
    expect(() => authorise(nobodys, 'item')).toThrow(expect.objectContaining({ code: 'HL-4020' }) as Error);
  });

  it('lets a participant see a record if and only if it is a party', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.boolean(), (others, isParty) => {
        const parties = isParty
          ? [...others, '911100000000000001']
          : others.filter((name) => name !== '911100000000000001');
        const look = (): void => {
          admit(plant, 'item', parties);
        };
        if (isParty) expect(look).not.toThrow();
        else expect(look).toThrow(expect.objectContaining({ code: 'HL-4020' }) as Error);
      }),
    );
  });

  it('gives out no record whose parties are not named', () => {
    expect(() => {
      admit(plant, 'item', undefined);
    }).toThrow(expect.objectContaining({ code: 'HL-4020' }) as Error);
    expect(() => {
      admit(plant, 'lane', undefined);
    }).toThrow(expect.objectContaining({ code: 'HL-4022' }) as Error);
  });
});
