import type { ErrorCode } from '@huilian/core';
import type { TableFormat } from '../formats/format.js';
import type { ImportOptions, ImportSummary, RowResult } from '../formats/import-table.js';
import type { System } from '../messages/system.js';
import type { Inbox } from './inbox.js';
import type { Ledger } from './ledger.js';
import { declaredWrong } from './declared-wrong.js';
import { RETRIES } from './retries.js';
import { rowsOf, stageTable } from './table-import.js';
import { Worker } from './worker.js';

export interface RunImport {
  readonly system: System;
  readonly ledger: Ledger;
  /** File of the inbox. */
  readonly inbox: string;
  readonly format: TableFormat;
  readonly bytes: Uint8Array;
  readonly options: ImportOptions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What the ledger refused is offered again, though file and row say the same. */
  readonly isAgain?: boolean;
  /** Makes the salt of an amount whose row has none; without it, rows must have theirs. */
  readonly newSalt?: () => string;
  /** Told after each round how many rows the inbox still holds to be judged. */
  readonly progress?: (left: number) => void;
}

/** How a table was read, and what became of its rows. */
export interface ImportOutcome {
  readonly summary: ImportSummary;
  /** True when the file had been begun before. */
  readonly isResumed: boolean;
  readonly rows: Readonly<Record<RowResult['status'], number>>;
  /** Why rows wait, such as HL-7015 without a network. */
  readonly held?: ErrorCode;
}

/**
 * Brings the rows of a table onto the ledger through the inbox of a system. Begun again with the same file, it goes on where it stood.
 *
 * @param each is told what became of each row, in order, behind the last round
 * @throws HuilianError those of `importTable`; HL-9230 to HL-9232 of the inbox; those of the lane
 */
export async function runImport(
  { system, ledger, inbox: path, format, bytes, options, now, isAgain = false, newSalt, progress }: RunImport,
  each: (result: RowResult) => void | Promise<void>,
): Promise<ImportOutcome> {
  // Loaded here: who only checks a table does without a database.
  const { Inbox } = await import('./inbox.js');
  const inbox = Inbox.open(path, { system, keyId: ledger.keyId, ledger: ledger.ledger });
  try {
    const staging = { now: now(), isAgain, ...(newSalt === undefined ? {} : { newSalt }) };
    const staged = await stageTable(inbox, format, bytes, options, staging);
    const wrong = await declaredWrong(inbox, ledger, staged.inTheWay);
    const { id, summary, isKnown } =
      wrong.size === 0 ? staged : await stageTable(inbox, format, bytes, options, { ...staging, wrong });
    const worker = new Worker(inbox, ledger, { retries: RETRIES, now });
    while (await worker.turn()) progress?.(leftIn(inbox));
    const rows = { accepted: 0, refused: 0, repeated: 0, waiting: 0 };
    for (const result of rowsOf(inbox, id)) {
      rows[result.status] += 1;
      await each(result);
    }
    const { held } = worker;
    return { summary, isResumed: isKnown, rows, ...(held === undefined ? {} : { held }) };
  } finally {
    inbox.close();
  }
}

function leftIn(inbox: Inbox): number {
  const { received = 0, planned = 0, signed = 0 } = inbox.counts();
  return received + planned + signed;
}
