import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Party, Trade } from '@huilian/core/testing';
import type { ImportOptions, RowResult } from '../formats/import-table.js';
import { formats } from '../formats/index.js';
import { Inbox } from '../inbox/inbox.js';
import { runImport, type ImportOutcome, type RunImport } from '../inbox/run-import.js';
import type { StoredMessage } from '../inbox/stored-message.js';
import type { Message } from '../messages/message.js';
import type { System } from '../messages/system.js';
import { RulesLedger } from './rules-ledger.js';

/** A partner who sends lists, with its inbox and its key, over a ledger that judges by the real rules. */
export class ImportDesk {
  readonly #folder = mkdtempSync(join(tmpdir(), 'huilian-lists-'));
  readonly ledger: RulesLedger;

  constructor(
    private readonly trade: Trade,
    readonly party: Party,
    private readonly system: System,
  ) {
    this.ledger = new RulesLedger(trade.world, party.signer);
  }

  get creditCode(): string {
    return this.party.creditCode;
  }

  /** Imports a file as the command does. */
  async imports(
    name: string,
    bytes: Uint8Array,
    options: ImportOptions = {},
    how: Pick<RunImport, 'isAgain' | 'newSalt'> = {},
  ): Promise<ImportOutcome & { readonly told: readonly RowResult[] }> {
    const format = formats[name];
    if (!format) throw new Error(name);
    const told: RowResult[] = [];
    const { system, ledger } = this;
    const now = (): number => this.trade.world.time * 1000;
    const given = { system, ledger, inbox: this.#inbox, format, bytes, options, now, ...how };
    const outcome = await runImport(given, (result) => void told.push(result));
    return { ...outcome, told };
  }

  /** Imports lines of CSV. @returns of each row its status and codes */
  async sends(name: string, ...lines: readonly string[]): Promise<(readonly string[])[]> {
    const { told } = await this.imports(name, Buffer.from(lines.join('\n')));
    return codesOf(told);
  }

  /** The messages that rows became, in the order of arrival. */
  messages(): readonly Message[] {
    return this.stored().map(({ message }) => message);
  }

  /** The same, with what became of them. */
  stored(): readonly StoredMessage[] {
    const { system, ledger } = this;
    const inbox = Inbox.open(this.#inbox, { system, keyId: ledger.keyId, ledger: ledger.ledger });
    const kept = inbox.list(0, 1_000);
    inbox.close();
    return kept;
  }

  get #inbox(): string {
    return join(this.#folder, 'inbox.db');
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Of each row its status and the codes of what is said of it. */
export function codesOf(told: readonly RowResult[]): (readonly string[])[] {
  return told.map(({ status, issues }) => [status, ...issues.map(({ code }) => code)]);
}
