import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgerError } from './errors.js';
import type { CommitOutcome } from './ledger-connection.js';
import { settle } from './settle.js';

const outcome: CommitOutcome = { transactionId: 'f00d', block: 7, valid: true, code: 0, codeName: 'VALID' };
const unknown = new LedgerError('unknownOutcome');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('A transaction of unknown outcome', () => {
  it('is sent again, through another peer each time, until its status is known', async () => {
    const turns: number[] = [];
    const settled = settle({
      transactionId: 'f00d',
      send: (turn) => {
        turns.push(turn);
        return turn < 2 ? Promise.reject(unknown) : Promise.resolve();
      },
      status: () => Promise.resolve(outcome),
    });
    await vi.runAllTimersAsync();
    expect(await settled).toEqual(outcome);
    expect(turns).toEqual([0, 1, 2]);
  });

  it('that was committed although no sending succeeded is found by its status', async () => {
    const settled = settle({
      transactionId: 'f00d',
      send: () => Promise.reject(unknown),
      status: () => Promise.resolve(outcome),
    });
    await vi.runAllTimersAsync();
    expect(await settled).toEqual(outcome);
  });

  it('stays unknown when nobody can say', async () => {
    const settled = settle({
      transactionId: 'f00d',
      send: () => Promise.resolve(),
      status: () => Promise.reject(unknown),
    });
    const expected = expect(settled).rejects.toMatchObject({ kind: 'unknownOutcome', code: 'HL-5011' });
    await vi.runAllTimersAsync();
    await expected;
  });

  it('is not sent again by who may not send it', async () => {
    let sent = 0;
    const settled = settle({
      transactionId: 'f00d',
      send: () => {
        sent += 1;
        return Promise.reject(new LedgerError('notPermitted'));
      },
      status: () => Promise.resolve(outcome),
    });
    await expect(settled).rejects.toMatchObject({ kind: 'notPermitted' });
    expect(sent).toBe(1);
  });
});
