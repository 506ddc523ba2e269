import { rowKey } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { BaseContract, rowText } from '../runtime/base-contract.js';

@Info({ title: 'Keys', description: 'Keys and their lanes' })
export class KeyContract extends BaseContract {
  constructor() {
    super('Keys');
  }

  /** One key by its id. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async get(context: Context, keyId: string): Promise<string> {
    return rowText(context, rowKey.key(keyId));
  }
}
