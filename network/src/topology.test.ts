import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oversightAndOneOther, portsOf, portsPerNetwork, topology } from './topology.js';

describe('the ports of a network', () => {
  it('are all different and inside its range, whatever orders its blocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('raft' as const, 'bft' as const),
        fc.integer({ min: 1_024, max: 60_000 }),
        (ordering, basePort) => {
          const ports = portsOf(topology({ ordering, basePort }));
          expect(new Set(ports).size).toBe(ports.length);
          expect(Math.min(...ports)).toBe(basePort);
          expect(Math.max(...ports)).toBeLessThan(basePort + portsPerNetwork);
        },
      ),
    );
  });
});

describe('who must agree', () => {
  it('is Oversight and one of the paid parties', () => {
    expect(oversightAndOneOther('peer')).toBe(
      "AND('OversightMSP.peer', OR('RecyclingMSP.peer', 'AftermarketMSP.peer'))",
    );
  });
});

it('one Raft orderer is the default, SmartBFT has four', () => {
  expect(topology().orderers).toHaveLength(1);
  expect(topology({ ordering: 'bft' }).orderers).toHaveLength(4);
});
