import { HuilianError, REFUSAL_CLASSES, type LedgerEvent } from '@huilian/core';
import { seconds, type Context } from '../context.js';
import type { Gateway } from '../gateway/index.js';
import type { StoredKey } from '../keys/index.js';
import { say, type Phrase } from '../language.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { codeText, refusedAsText, timeText, typeText, verdictText } from '../words.js';
import { flag, text, type Command } from './command.js';
import { correctionText } from './correction-text.js';
import { creditCode, recordingOptions, whole } from './item-events.js';
import type { CorrectionShown } from './item-shown.js';
import { recordedEvents, type RecordedEvent } from './recorded-events.js';

/** A work item as a gateway shows it. */
interface WorkShown {
  readonly id: string;
  readonly party: string;
  readonly root: string;
  readonly item: string;
  readonly refusals: number;
  readonly left: number;
  readonly closed: boolean;
  readonly correction?: CorrectionShown;
}

interface RefusalShown extends RecordedEvent {
  readonly root: string;
  readonly offeredAs?: string;
  readonly class: string;
}

/** All pages of a list. */
async function all<T>(gateways: readonly Gateway[], path: string, name: string): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const query = `${path.includes('?') ? '&' : '?'}limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await read<Readonly<Record<string, unknown>>>(gateways, path + query);
    found.push(...((page?.[name] as readonly T[] | undefined) ?? []));
    cursor = page?.['next'] as string | undefined;
  } while (cursor !== undefined);
  return found;
}

/** @throws HuilianError HL-4040 */
async function workOf(gateways: readonly Gateway[], id: string): Promise<WorkShown> {
  const found = await read<WorkShown>(gateways, `/v1/work-items/${id}`);
  if (found === undefined) throw new HuilianError('HL-4040', { id });
  return found;
}

function workText({ output: { language } }: Context, work: WorkShown): string {
  const counted: Phrase = {
    zh: `被拒 ${work.refusals}，待处理 ${work.left}`,
    en: `${work.refusals} refused, ${work.left} left`,
  };
  const next: Phrase =
    work.correction?.effect === 'takenBack'
      ? {
          zh: `可重新提交：huilian work reoffer ${work.id}`,
          en: `offer again: huilian work reoffer ${work.id}`,
        }
      : { zh: `起因：${work.root}（${work.item}）`, en: `root: ${work.root} (${work.item})` };
  return `${work.id}  ${say(counted, language)}\n    ${say(next, language)}`;
}

/** `huilian work list` */
const list: Command = {
  name: 'work list',
  summary: { zh: '列出待处理的被拒事件，按起因归并', en: 'list refused events to be mended, by their root' },
  options: [{ flags: '--closed', about: { zh: '列出已处理完的', en: 'list what is done' } }],
  run: async (context, options) => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const work = await all<WorkShown>(gateways, `/v1/work-items?closed=${flag(options, 'closed')}`, 'work');
    context.output.list(
      { work },
      work.map((each) => workText(context, each)),
      { zh: '没有待处理的事项。', en: 'Nothing is to be mended.' },
    );
  },
};

function refusalText({ output: { language } }: Context, refusal: RefusalShown): string {
  const mended = refusal.offeredAs === undefined ? '' : `  → ${refusal.offeredAs}`;
  const name = refusal.class === 'open' ? '' : `  ${refusedAsText(refusal.class, language)}`;
  return `  ${refusal.id}  ${typeText(refusal.event.type, language)}  ${codeText(refusal.verdict, language)}${name}${mended}`;
}

/** `huilian work refused`: refused events by what Oversight says that they were. */
const refused: Command = {
  name: 'work refused',
  summary: { zh: '按认定类别列出被拒事件', en: 'list refused events by what they were' },
  options: [
    {
      flags: '--as <class>',
      about: { zh: '类别，默认未认定', en: 'class; those that nobody has classed by default' },
      choices: [...REFUSAL_CLASSES, 'open'],
    },
    { flags: '--of <code>', about: { zh: '企业信用代码', en: 'credit code of one party' } },
  ],
  run: async (context, options) => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const of = text(options, 'of') === undefined ? '' : `&signer=${creditCode(options, 'of')}`;
    const path = `/v1/refusals?class=${text(options, 'as') ?? 'open'}${of}`;
    const refusals = await all<RefusalShown>(gateways, path, 'refusals');
    context.output.list(
      { refusals },
      refusals.map((refusal) => refusalText(context, refusal)),
      { zh: '没有此类被拒事件。', en: 'There are no such refused events.' },
    );
  },
};

/** `huilian work show WORK`: its refusals, each with its code and what is at the bottom of it. */
const show: Command = {
  name: 'work show',
  arguments: '<work>',
  summary: { zh: '显示一项待办及其被拒事件', en: 'show a piece of work and its refused events' },
  run: async (context, _options, id = '') => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const work = await workOf(gateways, id);
    const refusals = await all<RefusalShown>(gateways, `/v1/work-items/${id}/refusals`, 'refusals');
    const lines = refusals.map((refusal) => refusalText(context, refusal));
    context.output.data({ ...work, refused: refusals }, [workText(context, work), ...lines].join('\n'));
  },
};

/** The same event once more, which cites the one that was refused. */
function again(context: Context, { id, event }: RefusalShown): LedgerEvent {
  const { cites: _before, ...rest } = event;
  return { ...rest, time: seconds(context), cites: id };
}

/** Ids of new items derive from the key that signs: only the same key can bring them in. */
function isFor(key: StoredKey, { event, keyId }: RefusalShown): boolean {
  const makes = ['nonce', 'outputs', 'product'].some((member) => member in event.data);
  return keyId === key.keyId || !makes || event.type === 'correct' || event.type === 'agreeCorrection';
}

/** `huilian work reoffer WORK`: offers all that is left again, in the order in which it was refused. */
const reoffer: Command = {
  name: 'work reoffer',
  arguments: '<work>',
  summary: { zh: '按原顺序重新提交全部被拒事件', en: 'offer all that was refused again, in its order' },
  options: recordingOptions.filter(({ flags }) => flags === '--strict'),
  run: async (context, options, id = '') => {
    const key = await keyOf(context);
    const gateways = gatewaysOf(context, key);
    const refusals = await all<RefusalShown>(gateways, `/v1/work-items/${id}/refusals`, 'refusals');
    const left = refusals.filter((each) => each.offeredAs === undefined && each.class !== 'attempt');
    const own = left.filter((each) => isFor(key, each));
    if (own.length < left.length) {
      const others = left.length - own.length;
      context.output.warn({
        zh: `${others} 个事件会产生新物品，只能由原密钥重新提交。`,
        en: `${others} events bring new items in: only the key that signed them can offer them again.`,
      });
    }
    if (own.length === 0) {
      context.output.talk({ zh: '没有可重新提交的事件。', en: 'There is nothing to offer again.' });
      return;
    }
    await recordEvents(
      context,
      key,
      own.map((each) => again(context, each)),
      options,
    );
  },
};

const SCANS = 20;

/** `huilian work scans`: what this key recorded last, to find a scan that was lawful and wrong. */
const scans: Command = {
  name: 'work scans',
  summary: {
    zh: '列出本设备最近记录的事件，便于发现误扫',
    en: 'list what this key recorded last, to find a wrong scan',
  },
  options: [{ flags: '--last <number>', about: { zh: '条数，默认 20', en: 'how many, 20 by default' } }],
  run: async (context, options) => {
    const key = await keyOf(context);
    const gateways = gatewaysOf(context, key);
    const wanted = whole(options, 'last') ?? SCANS;
    const lane = await read<{ next: number }>(gateways, `/v1/lanes/${key.keyId}`);
    const ids: string[] = [];
    for (let sequence = (lane?.next ?? 1) - 1; sequence > 0 && ids.length < wanted; sequence -= 1) {
      const batch = await read<{ count: number }>(gateways, `/v1/batches/${key.keyId}/${sequence}`);
      for (let index = (batch?.count ?? 0) - 1; index >= 0 && ids.length < wanted; index -= 1)
        ids.push(`${key.keyId}.${sequence}.${index}`);
    }
    const events = await recordedEvents(gateways, ids);
    const { language } = context.output;
    context.output.list(
      { events },
      events.map(({ id, time, event, verdict, correction }) => {
        const item = 'item' in event ? event.item : '';
        const line = `${timeText(time)}  ${typeText(event.type, language)}  ${item}  ${verdictText(verdict, language)}  ${id}`;
        return correction ? `${line}\n    ${correctionText(correction, language)}` : line;
      }),
    );
  },
};

/** `huilian work …` */
export const workCommands: readonly Command[] = [list, show, refused, reoffer, scans];
