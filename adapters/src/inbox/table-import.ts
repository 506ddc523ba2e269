import { createHash } from 'node:crypto';
import { canonicalText, HuilianError, isErrorCode, terms } from '@huilian/core';
import { keyText, type TableFormat } from '../formats/format.js';
import {
  importTable,
  type ImportOptions,
  type ImportSummary,
  type RowResult,
} from '../formats/import-table.js';
import { codesIn } from '../fields/several.js';
import { issue, type Issue, type Place } from '../formats/issue.js';
import { partsOf, type Joined } from '../formats/joined-rows.js';
import type { Values } from '../formats/read-row.js';
import type { Message } from '../messages/message.js';
import { Attempts } from './attempts.js';
import type { Inbox } from './inbox.js';
import { salted, withoutSalts } from './salts.js';
import type { StoredMessage } from './stored-message.js';

/** A table whose rows lie in the inbox. */
export interface StagedTable {
  /** The same file in the same format is the same import. */
  readonly id: string;
  readonly summary: ImportSummary;
  /** True when it lay there already, and goes on where it stood. */
  readonly isKnown: boolean;
  /** Ids of messages that were recorded and under whose keys other rows came. */
  readonly inTheWay: readonly string[];
}

/** When a table is taken in, and how. */
export interface Staging {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the ledger refused is offered again, though file and row say the same. */
  readonly isAgain?: boolean;
  /** Makes the salt of an amount whose row has none; without it, rows must have theirs. */
  readonly newSalt?: () => string;
  /** Ids of messages that were declared wrong without this inbox: rows of their keys replace them. */
  readonly wrong?: ReadonlySet<string>;
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
  staging: Staging,
): Promise<StagedTable> {
  const id = importId(format, bytes, options, staging);
  const known = inbox.file.get('SELECT summary FROM import WHERE id = ?', id) as
    { summary: string } | undefined;
  if (known && !mayChange(inbox, id))
    return { id, summary: JSON.parse(known.summary) as ImportSummary, isKnown: true, inTheWay: [] };
  inbox.file.begin();
  try {
    inbox.file.run('DELETE FROM imported WHERE import = ?', id);
    inbox.file.run('DELETE FROM import WHERE id = ?', id);
    let position = 0;
    const inTheWay: string[] = [];
    const attempts = new Attempts(inbox, staging.isAgain === true, staging.wrong);
    const read = staging.newSalt === undefined ? format : withoutSalts(format);
    const summary = await importTable(read, bytes, options, (result, joined) => {
      const { kept, number, earlier } = takeRow(attempts, format, result, joined, staging);
      if (earlier !== undefined) inTheWay.push(earlier);
      const sql = 'INSERT INTO imported VALUES (?, ?, ?, ?)';
      inbox.file.run(sql, id, ++position, JSON.stringify(kept), number ?? null);
    });
    inbox.file.run('INSERT INTO import VALUES (?, ?)', id, JSON.stringify(summary));
    inbox.file.commit();
    return { id, summary, isKnown: false, inTheWay };
  } catch (error) {
    inbox.file.rollback();
    throw error;
  }
}

/** Rows that were refused for what was true then: another row was recorded under the key, or the day lay ahead. */
function mayChange(inbox: Inbox, id: string): boolean {
  const sql = `SELECT 1 FROM imported WHERE import = ? AND (result LIKE '%HL-9155%' OR result LIKE '%HL-9133%')`;
  return inbox.file.get(sql, id) !== undefined;
}

/** The same file, read in the same way, is the same import, unless it is to be offered again. */
function importId(
  { name, version }: TableFormat,
  bytes: Uint8Array,
  { sheet, numbers, imeiPepper }: ImportOptions,
  { now, isAgain }: Staging,
): string {
  const file = createHash('sha256').update(`${name} ${version} `).update(bytes).digest('hex');
  const how = JSON.stringify({
    sheet,
    numbers,
    imei: imeiPepper === undefined ? undefined : true,
    again: isAgain === true ? now : undefined,
  });
  return how === '{}' ? file : `${file} ${how}`;
}

type Kept = Pick<RowResult, 'status' | 'place' | 'issues'>;

function takeRow(
  attempts: Attempts,
  format: TableFormat,
  result: RowResult,
  joined: Joined | undefined,
  { now, newSalt }: Staging,
): { readonly kept: Kept; readonly number?: number; readonly earlier?: string } {
  const { status, place, issues } = result;
  if (status !== 'accepted') return { kept: { status, place, issues } };
  const said = joined ?? single(format, result.values);
  try {
    const message = messageOf(format, newSalt === undefined ? said : salted(said, newSalt), now);
    const stored = attempts.take(message, digestOf(said, result, joined), now);
    return { kept: { status, place, issues }, number: stored.number };
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-9155') throw error;
    const other = issue('HL-9155', place, {
      found: keyText(format, result.values),
      details: error.details,
    });
    const kept: Kept = { status: 'refused', place, issues: [...issues, other] };
    return { kept, earlier: String(error.details['earlier']) };
  }
}

/** A row that is a message by itself. */
function single(format: TableFormat, values: Values): Joined {
  const { head, entry } = partsOf(format, values);
  if (entry === undefined) return { head, entries: [] };
  if (format.list?.isOneCell !== true) return { head, entries: [entry] };
  const [[name, value] = ['', '']] = Object.entries(entry);
  return { head, entries: codesIn(value).map((code) => ({ [name]: code })) };
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
  const beside = format.list?.isFirstBeside === true ? entries[0] : undefined;
  const listed = beside === undefined ? entries : entries.slice(1);
  return {
    id: `row-${createHash('sha256').update(key).digest('base64url')}`,
    type: format.name,
    version: format.version,
    time: timeOf(format, head) ?? Math.floor(now / 1000),
    values: {
      ...values,
      ...beside,
      ...(format.list && listed.length > 0 ? { [format.list.name]: listed } : {}),
    },
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
function judged({ place, issues }: Kept, stored: StoredMessage): RowResult {
  const { state, message, code, details } = stored;
  const about = { place, message: message.id };
  if (state === 'settled') {
    const refusals = refusalsOf(stored, place);
    return refusals.length > 0
      ? { status: 'refused', ...about, issues: [...issues, ...refusals] }
      : { status: 'accepted', ...about, issues, values: message.values as Values };
  }
  const why = code === undefined ? [] : [issue(code, place, { details: details ?? {} })];
  return { status: state === 'failed' ? 'refused' : 'waiting', ...about, issues: [...issues, ...why] };
}

/** Why the ledger refused a row, and which of its steps. */
function refusalsOf({ outcomes, plan }: StoredMessage, place: Place): Issue[] {
  const several = outcomes.length > 1;
  return outcomes.flatMap(({ verdict }, at) => {
    if (verdict === 'accepted') return [];
    const type = plan?.events[at]?.type;
    const details = several && type !== undefined ? { step: `${ZH.event(type)} / ${EN.event(type)}` } : {};
    return [
      isErrorCode(verdict) ? issue(verdict, place, { details }) : issue('HL-9225', place, { found: verdict }),
    ];
  });
}

const ZH = terms('zh-CN');
const EN = terms('en');
