import { rowKey, type Tag } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { BaseContract, rowText } from '../runtime/base-contract.js';

@Info({ title: 'Items', description: 'Items and their tags' })
export class ItemContract extends BaseContract {
  constructor() {
    super('Items');
  }

  /** One item by its id. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async get(context: Context, id: string): Promise<string> {
    return rowText(context, rowKey.item(id));
  }

  /** What a tag is bound to. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async tag(context: Context, scheme: string, value: string): Promise<string> {
    return rowText(context, rowKey.tag({ scheme, value } as Tag));
  }
}
