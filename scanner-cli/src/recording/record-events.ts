import {
  eventIdOf,
  HuilianError,
  isErrorCode,
  lackingOf,
  rowKey,
  tableOfLacking,
  type ErrorCode,
  type ItemRow,
  type Language,
  type LedgerEvent,
  type RuleRow,
} from '@huilian/core';
import type { Options } from '../commands/command.js';
import { Exit, type Context } from '../context.js';
import type { StoredKey } from '../keys/index.js';
import type { EventVerdict, PushReport, Queue } from '../queue/index.js';
import { gatewaysOf, queueOf, sealedBefore } from '../session.js';
import { adviceOn } from './advice.js';
import { lackingText } from './lacking-text.js';
import { KnownRows, NotKnown } from './known-rows.js';
import { padded } from '../width.js';
import { kindText, statusText, typeText } from '../words.js';
import { checkLocally } from './local-check.js';
import { withPatience } from './waiting.js';
import { tellGateways, tellVerdict, whyWaiting } from './push-report.js';

/** Facts that a command shows beside an event, such as the photograph it came from. */
export type EventNote = Readonly<Record<string, unknown>>;

/** One event and what became of it, as `--json` prints it, one a line. */
interface Shown extends EventNote {
  readonly type: string;
  readonly item?: string;
  readonly event: string;
  readonly status: 'accepted' | 'refused' | 'queued';
  readonly code?: ErrorCode;
  readonly notice?: string;
  readonly block?: number;
  readonly transaction?: string;
}

/**
 * The way of every event on the device: the rules are tried on what is known here, the event is signed and kept, and unless
 * `--offline` it is sent, with what waited before it, and its verdict shown.
 *
 * @param notes shown beside the events, by place
 * @throws HuilianError when nothing was recorded
 * @returns the block in which the last of them was recorded, if it is known
 * @throws Exit 3 refused, 5 queued, or the exit code of what keeps the batch in the queue
 */
export async function recordEvents(
  context: Context,
  key: StoredKey,
  given: readonly LedgerEvent[],
  options: Options,
  notes: readonly EventNote[] = [],
): Promise<number | undefined> {
  const queue = await queueOf(context, key);
  try {
    const { replaces } = options;
    const signed = typeof replaces === 'string' ? given.map((event) => ({ ...event, replaces })) : given;
    return await recordWith(context, key, queue, signed, options, notes);
  } finally {
    await queue.close();
  }
}

async function recordWith(
  context: Context,
  key: StoredKey,
  queue: Queue,
  events: readonly LedgerEvent[],
  options: Options,
  notes: readonly EventNote[],
): Promise<number | undefined> {
  const known = new KnownRows(context, gatewaysOf(context, key));
  await warnBefore(context, key, events, known, options['strict'] === true);
  const ids = await keep(queue, key, events);
  const report = context.offline
    ? undefined
    : await withPatience(
        context,
        queue.push(context.config.HUILIAN_GATEWAY, undefined, sealedBefore(context)),
      );
  await show(context, events, ids, notes, report, known);
  return report?.settled.at(-1)?.block;
}

/** Says what the rules would object to, as far as this device can tell. With `--strict` the objection ends the command. */
async function warnBefore(
  context: Context,
  key: StoredKey,
  events: readonly LedgerEvent[],
  known: KnownRows,
  strict: boolean,
): Promise<void> {
  const verdict = await checkLocally(context, key, events, known);
  known.keep(verdict?.writes ?? []);
  for (const [index, code] of verdict?.notices ?? []) {
    const notice = aboutEvent(code, events[index]);
    context.output.warn({
      zh: `本机检查：账本会接受，但请注意。${code} ${notice.text('zh-CN')}`,
      en: `Checked here: the ledger is going to accept this, but note: ${code} ${notice.text('en')}`,
    });
  }
  const [first] = verdict?.refused ?? [];
  if (!first) return;
  const [index, code] = first;
  const objection = aboutEvent(code, events[index]);
  // What is sent is told again, with what is on the ledger by then.
  if (strict || context.offline) await tellWhatIsAllowed(context, code, events[index], known);
  if (strict) throw objection;
  context.output.warn({
    zh: `本机检查：账本将会拒绝。${code} ${objection.text('zh-CN')}`,
    en: `Checked here: the ledger is going to refuse this. ${code} ${objection.text('en')}`,
  });
}

function aboutEvent(code: ErrorCode, event: LedgerEvent | undefined): HuilianError {
  return new HuilianError(code, {
    event: event?.type ?? '',
    ...(event && 'item' in event ? { item: event.item } : {}),
  });
}

/** Signs the events and keeps them. @returns their ids, in order */
async function keep(
  queue: Queue,
  key: StoredKey,
  events: readonly LedgerEvent[],
): Promise<readonly string[]> {
  const batches = await queue.record(events);
  return batches.flatMap(({ sequence, count }) =>
    Array.from({ length: count }, (_, index) => eventIdOf({ keyId: key.keyId, sequence, index })),
  );
}

async function show(
  context: Context,
  events: readonly LedgerEvent[],
  ids: readonly string[],
  notes: readonly EventNote[],
  report: PushReport | undefined,
  known: KnownRows,
): Promise<void> {
  const { output } = context;
  const verdicts = verdictsOf(report);
  const shown = events.map((event, at) =>
    shownOf(event, ids[at] ?? '', notes[at] ?? {}, verdicts.get(ids[at] ?? '')),
  );
  for (const each of shown) output.data(each, lineOf(each, output.language));
  if (report) tellGateways(context, report);
  for (const { notice, code, item } of shown)
    tellVerdict(context, code, notice, item === undefined ? {} : { item });
  const place = shown.findIndex(({ status }) => status === 'refused');
  const refused = shown[place];
  if (refused?.code !== undefined) await tellWhatIsAllowed(context, refused.code, events[place], known);
  if (shown.some(({ status }) => status === 'queued')) throw whyWaiting(context, report);
  if (refused?.code !== undefined) throw new Exit(new HuilianError(refused.code).row.exit);
}

/** Says what the first refusal lacked and what the tables would allow instead; a pallet of them has one reason as a rule. */
async function tellWhatIsAllowed(
  { output }: Context,
  code: ErrorCode,
  event: LedgerEvent | undefined,
  known: KnownRows,
): Promise<void> {
  if (event === undefined || !('item' in event) || event.type === 'register') return;
  try {
    const row = (await known.row(rowKey.item(event.item))) as ItemRow | undefined;
    if (row === undefined) return;
    const asked = tableOfLacking(code, event, row);
    const key = asked && rowKey.rule(asked.name, asked.province, asked.version);
    const table = key && ((await known.row(key)) as RuleRow | undefined)?.table;
    const lacking = lackingOf(code, event, row, table);
    if (lacking) output.talk(lackingText(lacking));
    const advice = adviceOn(code, event.type, { ...row, item: event.item });
    if (advice) output.talk(advice);
  } catch (error) {
    // Who may not see the item, or reaches nobody, has the code and its text.
    if (!(error instanceof NotKnown) && !(error instanceof HuilianError)) throw error;
  }
}

interface Settled extends EventVerdict {
  readonly block?: number;
  readonly transaction: string;
}

function verdictsOf(report: PushReport | undefined): ReadonlyMap<string, Settled> {
  const settled = (report?.settled ?? []).flatMap(({ events, transaction, block }) =>
    events.map(
      (event) => [event.id, { ...event, transaction, ...(block === undefined ? {} : { block }) }] as const,
    ),
  );
  return new Map(settled);
}

function shownOf(event: LedgerEvent, id: string, note: EventNote, settled: Settled | undefined): Shown {
  const { type } = event;
  const about = { type, ...('item' in event ? { item: event.item } : {}), ...note, event: id };
  if (!settled) return { ...about, status: 'queued' };
  const { verdict, notice, block, transaction } = settled;
  return {
    ...about,
    status: verdict === 'accepted' ? 'accepted' : 'refused',
    ...(isErrorCode(verdict) ? { code: verdict } : {}),
    ...(notice === undefined ? {} : { notice }),
    ...(block === undefined ? {} : { block }),
    transaction,
  };
}

/** A refused event made nothing: what it would have made is not shown. */
function lineOf({ status, type, item, event, outputs }: Shown, language: Language): string {
  const words = [
    padded(statusText(status, language), 10),
    padded(typeText(type, language), 10),
    item ?? '',
    event,
  ];
  const made =
    status !== 'refused' && Array.isArray(outputs)
      ? (outputs as { item: string; kind: string; category: string }[])
      : [];
  return [
    words.join('  ').trimEnd(),
    ...made.map(
      (output) => `            ${output.item}  ${kindText(output.kind, language)} ${output.category}`,
    ),
  ].join('\n');
}
