import { record, recordAnswer, requireRelay } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { BaseContract, fold } from '../runtime/base-contract.js';

@Info({ title: 'Record', description: 'Signed batches of events' })
export class RecordContract extends BaseContract {
  constructor() {
    super('Record');
  }

  /**
   * Records a group of signed batches of different signers.
   *
   * @param _group the group's bytes (see `packGroup` of core); read as bytes, because a string would not keep them
   * @returns see `recordAnswer` of core
   */
  @Transaction()
  @Returns('string')
  async record(context: Context, _group: string): Promise<string> {
    const ledger = new Ledger(context);
    requireRelay(ledger.submitter);
    const { transaction, time } = ledger;
    const { writes, batches } = await fold(ledger, record(ledger.argument(0), { transaction, time }));
    ledger.write(writes);
    return recordAnswer(batches);
  }
}
