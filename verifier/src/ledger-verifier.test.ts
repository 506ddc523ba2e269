import { describe, expect, it } from 'vitest';
import { custodyLedger } from './testing/index.js';
import { verifyLedger } from './verify-ledger.js';

describe('A ledger of custody, made without a network', () => {
  it('verifies from its genesis block to its last row', async () => {
    const { trust, blocks, ledger } = await custodyLedger({ events: 400, items: 100, batchEvents: 20 });
    const report = await verifyLedger({ source: blocks, trust, stateSource: () => ledger.rows() });
    expect(report.firstDifference).toBeUndefined();
    expect(report.events).toBeGreaterThanOrEqual(400);
    expect(report.refused).toBeGreaterThan(0);
    expect(report.stateRows).toBe(report.rows);
  });
});
