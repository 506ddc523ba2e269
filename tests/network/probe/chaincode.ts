import 'reflect-metadata';
import { BaseContract, contracts, Ledger, readConfig, serve } from '@huilian/chaincode';
import type { Row } from '@huilian/core';
import type { Context } from 'fabric-contract-api';
import type { ProbeStep } from './steps.js';

/** Beside the contracts of the product one that reads and writes what a test asks for. */
class ProbeContract extends BaseContract {
  constructor() {
    super('Probe');
  }

  /** Plays the steps one after another; answers with what was read, as JSON. */
  async play(context: Context, script: string): Promise<string> {
    const ledger = new Ledger(context);
    const read: unknown[] = [];
    for (const step of JSON.parse(script) as ProbeStep[]) {
      if ('read' in step) read.push(...(await this.values(ledger, step.read)));
      else if ('write' in step) ledger.write(new Map([[step.write, { text: text(step) } as unknown as Row]]));
      else if ('delete' in step) ledger.write(new Map([[step.delete, undefined]]));
      else throw new Error(step.fail);
    }
    return JSON.stringify(read);
  }

  /** Reads while other reads of the same transaction are under way. */
  async together(context: Context, script: string): Promise<string> {
    const ledger = new Ledger(context);
    const groups = JSON.parse(script) as string[][];
    return JSON.stringify((await Promise.all(groups.map((keys) => this.values(ledger, keys)))).flat());
  }

  private async values(ledger: Ledger, keys: readonly string[]): Promise<unknown[]> {
    const rows = await ledger.read(keys);
    return keys.map((key) => {
      const found = rows.get(key) as { text: string } | undefined;
      // Long texts are the test's own: their length tells enough.
      return found && (found.text.length > 100 ? found.text.length : found.text);
    });
  }
}

function text(step: { readonly text?: string; readonly length?: number }): string {
  return step.text ?? 'x'.repeat(step.length ?? 0);
}

void serve(readConfig(process.env), [...contracts, ProbeContract]);
