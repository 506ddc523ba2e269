import { rowKey } from '@huilian/core';
import { Context, Info, Returns, Transaction } from 'fabric-contract-api';
import { BaseContract, rowText } from '../runtime/base-contract.js';

@Info({ title: 'Rules', description: 'Rule tables and the active ruleset' })
export class RuleContract extends BaseContract {
  constructor() {
    super('Rules');
  }

  /** One version of a rule table. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async get(context: Context, name: string, province: string, version: string): Promise<string> {
    return rowText(context, rowKey.rule(name, province, Number(version)));
  }

  /** The ruleset that judges events now. The answer is canonical JSON, `null` when there is none. */
  @Transaction(false)
  @Returns('string')
  async active(context: Context): Promise<string> {
    return rowText(context, rowKey.activeRuleset);
  }
}
