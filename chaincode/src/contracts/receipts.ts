import { canonicalText, receiptOf } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { BaseContract, fold } from '../runtime/base-contract.js';

@Info({ title: 'Receipts', description: 'What two organisations say of a batch' })
export class ReceiptContract extends BaseContract {
  constructor() {
    super('Receipts');
  }

  /** The receipt of a recorded batch. Endorsed by two organisations and never submitted, it is an attestation. */
  @Transaction(false)
  @Returns('string')
  async receipt(context: Context, keyId: string, sequence: string): Promise<string> {
    const ledger = new Ledger(context);
    return canonicalText(await fold(ledger, receiptOf(keyId, Number(sequence))));
  }
}
