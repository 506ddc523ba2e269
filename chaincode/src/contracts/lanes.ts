import { rowKey } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { BaseContract, rowText } from '../runtime/base-contract.js';

@Info({ title: 'Lanes', description: 'Lanes, batches and forks' })
export class LaneContract extends BaseContract {
  constructor() {
    super('Lanes');
  }

  /** The lane of a key. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async get(context: Context, keyId: string): Promise<string> {
    return rowText(context, rowKey.lane(keyId));
  }

  /** One recorded batch. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async batch(context: Context, keyId: string, sequence: string): Promise<string> {
    return rowText(context, rowKey.batch(keyId, Number(sequence)));
  }

  /** The other header at a forked sequence. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async fork(context: Context, keyId: string, sequence: string): Promise<string> {
    return rowText(context, rowKey.fork(keyId, Number(sequence)));
  }
}
