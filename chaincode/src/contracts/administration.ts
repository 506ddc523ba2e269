import { canonicalText, foundLedger, registerAdministrator } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { BaseContract, fold } from '../runtime/base-contract.js';

@Info({ title: 'Administration', description: 'The roots of administration, by certificates' })
export class AdministrationContract extends BaseContract {
  constructor() {
    super('Administration');
  }

  /** Says once which ledger this is. @param id SHA-256 of the genesis block's header, hex */
  @Transaction()
  @Returns('string')
  async foundLedger(context: Context, id: string): Promise<string> {
    const ledger = new Ledger(context);
    const { writes } = await fold(ledger, foundLedger(id, ledger.submitter));
    ledger.write(writes);
    return canonicalText({ ledger: id });
  }

  /** Registers an administrator key of the submitter's organisation. @param _request canonical JSON of a key request */
  @Transaction()
  @Returns('string')
  async registerAdministrator(context: Context, _request: string): Promise<string> {
    const ledger = new Ledger(context);
    const { writes, keyId } = await fold(ledger, registerAdministrator(ledger.argument(0), ledger.submitter));
    ledger.write(writes);
    return canonicalText({ keyId });
  }
}
