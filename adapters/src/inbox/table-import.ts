import { createHash } from 'node:crypto';
import { canonicalText, HuilianError, isErrorCode } from '@huilian/core';
import type { TableFormat } from '../formats/format.js';
import {
  importTable,
  type ImportOptions,
  type ImportSummary,
  type RowResult,
} from '../formats/import-table.js';
import { issue, type Issue, type Place } from '../formats/issue.js';
import { partsOf, type Joined } from '../formats/joined-rows.js';
import type { Values } from '../formats/read-row.js';
import type { Message } from '../messages/message.js';
import type { Inbox } from './inbox.js';
import type { StoredMessage } from './stored-message.js';

/** A table whose rows lie in the inbox. */
export interface StagedTable {
  /** The same file in the same format is the same import. */
  readonly id: string;
  readonly summary: ImportSummary;
  /** True when it lay there already, and goes on where it stood. */
  readonly isKnown: boolean;
}

/**
 * Reads a table to its end and takes its rows into the inbox, all of the good ones or, when the file is damaged, none. A row is a message
 * whose id follows from its key: the same row of another file is the same message, another row of the same key is refused.
 *
 * @throws HuilianError those of `importTable`, HL-9231
 */
export async function stageTable(
  inbox: Inbox,
  format: TableFormat,
  bytes: Uint8Array,
  options: ImportOptions,
  now: number,
): Promise<StagedTable> {
  const id = createHash('sha256').update(`${format.name} ${format.version} `).update(bytes).digest('hex');
  const known = inbox.file.get('SELECT summary FROM import WHERE id = ?', id) as
    { summary: string } | undefined;
  if (known) return { id, summary: JSON.parse(known.summary) as ImportSummary, isKnown: true };
  inbox.file.begin();
  try {
    let position = 0;
    const summary = await importTable(format, bytes, options, (result, joined) => {
      const { kept, number } = takeRow(inbox, format, result, joined, now);
      const sql = 'INSERT INTO imported VALUES (?, ?, ?, ?)';
      inbox.file.run(sql, id, ++position, JSON.stringify(kept), number ?? null);
    });
    inbox.file.run('INSERT INTO import VALUES (?, ?)', id, JSON.stringify(summary));
    inbox.file.commit();
    return { id, summary, isKnown: false };
  } catch (error) {
    inbox.file.rollback();
    throw error;
  }
}

type Kept = Pick<RowResult, 'status' | 'place' | 'issues'>;

function takeRow(
  inbox: Inbox,
  format: TableFormat,
  result: RowResult,
  joined: Joined | undefined,
  now: number,
): { readonly kept: Kept; readonly number?: number } {
  const { status, place, issues } = result;
  if (status !== 'accepted') return { kept: { status, place, issues } };
  const said = joined ?? single(format, result.values);
  try {
    const { stored } = inbox.take(messageOf(format, said, now), digestOf(said, result, joined), now);
    return { kept: { status, place, issues }, number: stored.number };
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-9203') throw error;
    const found = format.key.map((name) => result.values[name]).join(' ');
    return { kept: { status: 'refused', place, issues: [...issues, issue('HL-9203', place, { found })] } };
  }
}

/** A row that is a message by itself. */
function single(format: TableFormat, values: Values): Joined {
  const { head, entry } = partsOf(format, values);
  return { head, entries: entry === undefined ? [] : [entry] };
}

/** Rows of one message may stand in another order when the list is exported again. */
function digestOf(said: Joined, { values }: { readonly values: Values }, joined: Joined | undefined): string {
  const text = joined
    ? JSON.stringify([canonicalText(said.head), ...said.entries.map((entry) => canonicalText(entry)).sort()])
    : canonicalText(values);
  return createHash('sha256').update(text).digest('hex');
}

function messageOf(format: TableFormat, { head, entries }: Joined, now: number): Message {
  const named: Values = { ...entries[0], ...head };
  const key = JSON.stringify([format.name, ...(format.rowsJoin ?? format.key).map((name) => named[name])]);
  const { time: _inEnvelope, ...values } = head;
  return {
    id: `row-${createHash('sha256').update(key).digest('base64url')}`,
    type: format.name,
    version: format.version,
    time: timeOf(format, head) ?? Math.floor(now / 1000),
    values: { ...values, ...(format.list && entries.length > 0 ? { [format.list.name]: entries } : {}) },
    unknown: [],
  };
}

/** When it happened: what the column of the time says or, of a day, its beginning at UTC+8. */
function timeOf({ happenedOn }: TableFormat, { time, ...values }: Values): number | undefined {
  if (typeof time === 'number') return time;
  const day = happenedOn === undefined ? undefined : values[happenedOn];
  return typeof day === 'string' ? Date.parse(`${day}T00:00:00+08:00`) / 1000 : undefined;
}

/** A row of the table `imported`. */
interface ImportedRow {
  readonly position: number;
  readonly result: string;
  readonly number: number | null;
}

const PAGE = 1_000;

/** What became of each row of a table, in order, as far as the ledger has judged. */
export function* rowsOf(inbox: Inbox, id: string): Generator<RowResult> {
  let after = 0;
  for (;;) {
    const sql =
      'SELECT position, result, number FROM imported WHERE import = ? AND position > ? ORDER BY position LIMIT ?';
    const page = inbox.file.all(sql, id, after, PAGE) as ImportedRow[];
    for (const { result, number } of page) {
      const kept = JSON.parse(result) as Kept;
      const stored = number === null ? undefined : inbox.byNumber(number);
      yield stored ? judged(kept, stored) : unjudged(kept);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.position;
  }
}

function unjudged({ status, place, issues }: Kept): RowResult {
  return { status: status === 'accepted' ? 'waiting' : status, place, issues };
}

/** A row counts as accepted only when the ledger accepted all of it. */
function judged({ place, issues }: Kept, { state, message, code, outcomes }: StoredMessage): RowResult {
  if (state === 'settled') {
    const refusals = outcomes.flatMap(({ verdict }) => refusalOf(verdict, place));
    return refusals.length > 0
      ? { status: 'refused', place, issues: [...issues, ...refusals] }
      : { status: 'accepted', place, issues, values: message.values as Values };
  }
  const why = code === undefined ? [] : [issue(code, place)];
  return { status: state === 'failed' ? 'refused' : 'waiting', place, issues: [...issues, ...why] };
}

function refusalOf(verdict: string, place: Place): Issue[] {
  if (verdict === 'accepted') return [];
  return [isErrorCode(verdict) ? issue(verdict, place) : issue('HL-9225', place, { found: verdict })];
}
