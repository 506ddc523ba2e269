import {
  readStored,
  record,
  recordAnswer,
  runFold,
  sha256Hex,
  storedBytes,
  type Json,
  type Recorded,
  type Row,
} from '@huilian/core';

/** Recorded transactions: the rows before the first, and for each what came in and what it wrote. */
export interface Recording {
  readonly rows: readonly (readonly [key: string, row: Json])[];
  readonly transactions: readonly {
    readonly transaction: string;
    readonly time: number;
    /** The argument of `record` in base64. */
    readonly group: string;
    /** The text of each row as it is stored, in the order of writing, and of the answer. */
    readonly writes: readonly (readonly [key: string, text: string])[];
    readonly answer: string;
  }[];
}

/** What a transaction writes and answers, as texts. */
export function effectOf(recorded: Recorded): { writes: [string, string][]; answer: string } {
  return {
    writes: [...recorded.writes].map(([key, row]) => [key, Buffer.from(storedBytes(key, row)).toString()]),
    answer: recordAnswer(recorded.batches),
  };
}

/**
 * Records all transactions again.
 *
 * @returns the first difference in words, and a digest over everything that was written and answered
 */
export function replay(recording: Recording): { difference?: string; digest: string } {
  const rows = new Map(recording.rows as unknown as readonly (readonly [string, Row])[]);
  const texts: string[] = [];
  let difference: string | undefined;
  for (const { transaction, time, group, ...expected } of recording.transactions) {
    const fold = record(Buffer.from(group, 'base64'), { transaction, time });
    const recorded = runFold(fold, (key) => rows.get(key));
    const effect = effectOf(recorded);
    // As a peer gives them back, so that what is stored is what is known.
    for (const [key, text] of effect.writes) rows.set(key, readStored(key, Buffer.from(text)));
    texts.push(JSON.stringify(effect));
    if (JSON.stringify(effect) === JSON.stringify({ writes: expected.writes, answer: expected.answer }))
      continue;
    difference ??= `transaction ${transaction} now writes ${JSON.stringify(effect)}`;
  }
  const digest = sha256Hex(Buffer.from(texts.join('\n')));
  return difference === undefined ? { digest } : { difference, digest };
}
