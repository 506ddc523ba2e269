import {
  CORRECTION_REASONS,
  CORRECTION_TERM,
  CORRECTIONS,
  HuilianError,
  isItemId,
  itemOf,
  mentionsOf,
  REFUSAL_CLASSES,
  type ItemEvent,
} from '@huilian/core';
import { usage, type Context } from '../context.js';
import type { Phrase } from '../language.js';
import { itemEvent } from '../recording/event.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf } from '../session.js';
import { chosen, text, texts, type Command, type CommandOption, type Options } from './command.js';
import { correctionText, mendingText } from './correction-text.js';
import { evidenceOf, evidenceOption, recordingOptions } from './item-events.js';
import type { CorrectionShown } from './item-shown.js';
import { eventIdsOf, recordedEvents } from './recorded-events.js';
import { versionOf } from './table-version.js';

/** What a correction names. */
interface Wrong {
  readonly item: string;
  readonly data: {
    readonly event: string;
    readonly eventType?: string;
    readonly termVersion: number;
    readonly outputs?: string[];
  };
}

const EVENTS = '<events...>';

const offline: readonly CommandOption[] = [
  {
    flags: '--item <item>',
    about: {
      zh: '事件所涉物品的编号；不给出时向网关查询',
      en: 'id of the item of the event; asked of a gateway when it is not given',
    },
  },
  {
    flags: '--output-item <item>',
    about: { zh: '该事件产出的物品编号，可重复', en: 'id of an item that came of it; may be repeated' },
    many: true,
  },
  {
    flags: '--event-type <type>',
    about: {
      zh: '有误事件的类型；其影响无法撤回时必须写明',
      en: 'type of the wrong event, needed where what it did cannot be put back',
    },
  },
  {
    flags: '--term-version <number>',
    about: { zh: '更正期限表的版本', en: 'version of the table of terms for corrections' },
  },
];

/** The events that a person means, with their items, as a gateway knows them or as the options say. */
async function wrongEvents(
  context: Context,
  options: Options,
  given: readonly string[],
): Promise<readonly Wrong[]> {
  const gateways = gatewaysOf(context, await keyOf(context));
  const termVersion = await versionOf(context, options, 'termVersion', CORRECTION_TERM.name);
  const item = text(options, 'item');
  if (item !== undefined) {
    if (!isItemId(item)) throw usage('--item', item);
    const outputs = [...texts(options, 'outputItem')];
    const named = outputs.length > 0 ? { outputs } : {};
    const eventType = text(options, 'eventType');
    const typed = eventType === undefined ? {} : { eventType };
    return given.map((event) => ({ item, data: { event, ...typed, termVersion, ...named } }));
  }
  const ids: string[] = [];
  for (const each of given) ids.push(...(await eventIdsOf(gateways, each)));
  return (await recordedEvents(gateways, ids)).map(({ id, event }): Wrong => {
    const of = itemOf(event);
    if (of === undefined) throw new HuilianError('HL-2240', { event: id });
    const outputs = outputsOf(event as ItemEvent);
    const named = outputs.length > 0 ? { outputs } : {};
    return { item: of, data: { event: id, eventType: event.type, termVersion, ...named } };
  });
}

/** What came of an event and is voided with it. */
function outputsOf(event: ItemEvent): string[] {
  const isVoided = CORRECTIONS.some((row) => row.event === event.type && row.outputs === true);
  return isVoided ? [...mentionsOf(event)] : [];
}

/** Says what the corrections have come to, and what the other party has to do. */
async function tellEffects(
  context: Context,
  wrong: readonly Wrong[],
  block: number | undefined,
): Promise<void> {
  if (block === undefined) return;
  const gateways = gatewaysOf(context, await keyOf(context));
  const ids = wrong.map(({ data }) => data.event);
  const told = new Map<string, { correction: CorrectionShown; events: string[] }>();
  const standing: Phrase[] = [];
  for (const { id, event, correction } of await recordedEvents(gateways, ids, block)) {
    if (correction === undefined) continue;
    if (correction.effect === 'questioned') standing.push(mendingText(id, event));
    const group = told.get(correction.effect) ?? { correction, events: [] };
    group.events.push(id);
    told.set(correction.effect, group);
  }
  for (const { correction, events } of told.values()) {
    const next = correction.effect === 'open' ? `  huilian agree ${events.join(' ')}` : '';
    context.output.talk({
      zh: `${correctionText(correction, 'zh-CN')}：${events.length}${next}`,
      en: `${correctionText(correction, 'en')}: ${events.length}${next}`,
    });
  }
  for (const each of standing) context.output.talk(each);
}

/** `huilian correct EVENT…`: declares recorded events wrong. */
const correct: Command = {
  name: 'correct',
  arguments: EVENTS,
  summary: { zh: '声明已记录的事件有误', en: 'declare recorded events wrong' },
  options: [
    {
      flags: '--reason <reason>',
      about: { zh: '原因', en: 'why it is wrong' },
      choices: CORRECTION_REASONS,
      required: true,
    },
    evidenceOption,
    ...offline,
    ...recordingOptions,
  ],
  run: async (context, options, ...given) => {
    const reason = chosen(options, 'reason', CORRECTION_REASONS);
    const evidence = await evidenceOf(options);
    const wrong = await wrongEvents(context, options, given);
    const events = wrong.map(({ item, data }) =>
      itemEvent(context, 'correct', item, { ...data, reason, ...evidence }, text(options, 'cites')),
    );
    await tellEffects(context, wrong, await recordEvents(context, await keyOf(context), events, options));
  },
};

/** `huilian agree EVENT…`: the other hand of a correction. */
const agree: Command = {
  name: 'agree',
  arguments: EVENTS,
  summary: { zh: '同意另一方提出的更正', en: 'agree to a correction that takes two' },
  options: [...offline, ...recordingOptions],
  run: async (context, options, ...given) => {
    const wrong = await wrongEvents(context, options, given);
    const events = wrong.map(({ item, data }) =>
      itemEvent(context, 'agreeCorrection', item, data, text(options, 'cites')),
    );
    await tellEffects(context, wrong, await recordEvents(context, await keyOf(context), events, options));
  },
};

/** `huilian classify EVENT…`: Oversight says what refused events were. */
const classify: Command = {
  name: 'classify',
  arguments: EVENTS,
  summary: { zh: '监管方认定被拒绝的事件', en: 'say what refused events were, as Oversight' },
  options: [
    {
      flags: '--as <class>',
      about: {
        zh: '失误、违规企图或系统故障；只有企图计为异常',
        en: 'a mistake, an attempt or a fault; only an attempt counts as irregular',
      },
      choices: REFUSAL_CLASSES,
      required: true,
    },
    evidenceOption,
    ...recordingOptions,
  ],
  run: async (context, options, ...given) => {
    const key = await keyOf(context);
    const gateways = gatewaysOf(context, key);
    const as = chosen(options, 'as', REFUSAL_CLASSES);
    const evidence = await evidenceOf(options);
    const events = (await recordedEvents(gateways, given)).map(({ id, event }): ItemEvent => {
      const item = itemOf(event);
      if (item === undefined) throw new HuilianError('HL-2250', { event: id });
      const data = { event: id, class: as, ...evidence };
      return itemEvent(context, 'classifyRefusal', item, data, text(options, 'cites'));
    });
    await recordEvents(context, key, events, options);
  },
};

/** Corrections, and what refused events were. */
export const correctionSteps: readonly Command[] = [correct, agree, classify];
