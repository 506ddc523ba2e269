import { canonicalText, HuilianError, rowKey } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { BaseContract, rowText } from '../runtime/base-contract.js';

const MAX_PAGE = 1000;

@Info({ title: 'State', description: 'The world state for those who compare it' })
export class StateContract extends BaseContract {
  constructor() {
    super('State');
  }

  /** Which ledger this is. The answer is canonical JSON `{"id"}`, or `null` before it was founded. */
  @Transaction(false)
  @Returns('string')
  async ledger(context: Context): Promise<string> {
    return rowText(context, rowKey.ledger);
  }

  /**
   * A page of rows in the order of their keys, from `start` on.
   *
   * @returns canonical JSON `{"rows":[[key, row], …], "bookmark"}`, the bookmark empty after the last page
   */
  @Transaction(false)
  @Returns('string')
  async page(context: Context, start: string, size: string): Promise<string> {
    const rows = Number(size);
    if (!Number.isInteger(rows) || rows < 1 || rows > MAX_PAGE) throw new HuilianError('HL-4001', { size });
    return canonicalText(await new Ledger(context).page(start, rows));
  }
}
