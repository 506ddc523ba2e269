import { rowKey } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { BaseContract, rowText } from '../runtime/base-contract.js';

@Info({ title: 'Participants', description: 'Participants with their licences' })
export class ParticipantContract extends BaseContract {
  constructor() {
    super('Participants');
  }

  /** One participant by its credit code. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async get(context: Context, creditCode: string): Promise<string> {
    return rowText(context, rowKey.participant(creditCode));
  }
}
