import {
  FINDING_KINDS,
  FINDING_OUTCOMES,
  HuilianError,
  OUTCOME_WORDS,
  type FindingOutcome,
  type Language,
} from '@huilian/core';
import type { Context } from '../context.js';
import { say, type Phrase } from '../language.js';
import { findItem } from '../recording/find-item.js';
import { administrationEvent } from '../recording/event.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { codeText, timeText, typeText } from '../words.js';
import { queryOf } from './clocks.js';
import { chosen, named, text, type Command } from './command.js';
import { recordingOptions } from './item-events.js';

/** A finding as a gateway shows it. */
interface FindingShown {
  readonly id: string;
  readonly kind: string;
  readonly title: Phrase;
  readonly source: Phrase;
  readonly event: string;
  readonly type: string;
  readonly verdict: string;
  readonly party: string;
  readonly time: number;
  readonly items: readonly string[];
  readonly evidence: Readonly<Record<string, string | number | readonly string[]>>;
  readonly status: 'open' | 'decided';
  readonly decision?: Decision;
  readonly earlier?: readonly Decision[];
}

interface Decision {
  readonly event: string;
  readonly outcome: FindingOutcome;
  readonly reason: string;
  readonly time: number;
}

interface Page {
  readonly findings: readonly FindingShown[];
  readonly next?: string;
}

const LABELS = {
  event: { zh: '事件', en: 'event' },
  party: { zh: '企业', en: 'party' },
  source: { zh: '依据', en: 'source' },
  items: { zh: '物品', en: 'items' },
  decision: { zh: '裁定', en: 'decision' },
  earlier: { zh: '此前的裁定', en: 'earlier decision' },
} as const;
const STATUS = { open: { zh: '待裁定', en: 'open' }, decided: { zh: '已裁定', en: 'decided' } } as const;

/** `huilian finding list` */
const findingList: Command = {
  name: 'finding list',
  summary: {
    zh: '列出账本上的异常发现，最新在前',
    en: 'list what the record shows to be looked at, the latest first',
  },
  options: [
    { flags: '--kind <kind>', about: { zh: '种类', en: 'kind' }, choices: FINDING_KINDS },
    { flags: '--item <item>', about: { zh: '涉及的物品', en: 'an item that it is about' } },
    {
      flags: '--party <code>',
      about: { zh: '企业信用代码', en: 'credit code of who signed the event or holds the stock' },
    },
    { flags: '--status <status>', about: { zh: '状态', en: 'status' }, choices: ['open', 'decided'] },
  ],
  run: async (context, options) => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const query = queryOf(options, ['kind', 'party', 'status']);
    const item = text(options, 'item');
    if (item !== undefined) query.set('item', await findItem(context, item));
    const findings: FindingShown[] = [];
    for (;;) {
      const page = await read<Page>(gateways, `/v1/findings?${query.toString()}`);
      findings.push(...(page?.findings ?? []));
      if (page?.next === undefined) break;
      query.set('cursor', page.next);
    }
    const { output } = context;
    output.list(
      { findings },
      findings.map((finding) => lineOf(finding, output.language)),
      { zh: '没有异常发现。', en: 'There are no findings.' },
    );
  },
};

/** `huilian finding show FINDING` */
const findingShow: Command = {
  name: 'finding show',
  arguments: '<finding>',
  summary: { zh: '显示一项发现及其证据', en: 'show a finding with its evidence' },
  run: async (context, _options, id = '') => {
    const finding = await known(context, id);
    context.output.data(finding, textOf(finding, context.output.language));
  },
};

/** `huilian finding decide FINDING` */
const findingDecide: Command = {
  name: 'finding decide',
  arguments: '<finding>',
  summary: { zh: '监管方裁定一项发现', en: 'say as Oversight what a finding is' },
  options: [
    {
      flags: '--outcome <outcome>',
      about: { zh: '结论', en: 'what it is' },
      choices: FINDING_OUTCOMES,
      required: true,
    },
    {
      flags: '--reason <code>',
      about: { zh: '理由代码，如 labelMisread', en: 'code of the reason, such as labelMisread' },
      required: true,
    },
    ...recordingOptions.filter(({ flags }) => flags === '--strict'),
  ],
  run: async (context, options, id = '') => {
    const finding = await known(context, id);
    context.output.talk({ zh: lineOf(finding, 'zh-CN'), en: lineOf(finding, 'en') });
    const outcome = chosen(options, 'outcome', FINDING_OUTCOMES);
    const data = { finding: finding.id, outcome, reason: named(options, 'reason') };
    const event = administrationEvent(context, 'finding.decide', data);
    await recordEvents(context, await keyOf(context), [event], options);
  },
};

export const findingCommands: readonly Command[] = [findingList, findingShow, findingDecide];

/** @throws HuilianError HL-2262 */
async function known(context: Context, id: string): Promise<FindingShown> {
  const gateways = gatewaysOf(context, await keyOf(context));
  const finding = await read<FindingShown>(gateways, `/v1/findings/${encodeURIComponent(id)}`);
  if (finding === undefined) throw new HuilianError('HL-2262', { finding: id });
  return finding;
}

/** Names of evidence in words; what is not here is shown as it is named in JSON. */
const EVIDENCE: Readonly<Record<string, Phrase>> = {
  tags: { zh: '标签', en: 'tags' },
  former: { zh: '原物品', en: 'former item' },
  rivals: { zh: '另一物品', en: 'the other items' },
  code: { zh: '拒绝代码', en: 'code of the refusal' },
  vehicles: { zh: '车辆', en: 'vehicles' },
  assemblies: { zh: '总成', en: 'assemblies' },
  reason: { zh: '原因', en: 'reason' },
  origin: { zh: '来源', en: 'came out of' },
  stations: { zh: '工位', en: 'stations' },
  events: { zh: '事件', en: 'events' },
  metres: { zh: '距离（米）', en: 'metres' },
  seconds: { zh: '间隔（秒）', en: 'seconds' },
  loss: { zh: '赔案', en: 'loss' },
  category: { zh: '类别', en: 'category' },
  grams: { zh: '贮存量（克）', en: 'grams in store' },
  limit: { zh: '上限（克）', en: 'limit in grams' },
  others: { zh: '同时超过的类别', en: 'other categories of the same event' },
  to: { zh: '交给', en: 'handed to' },
};

function lineOf({ id, title, time, status }: FindingShown, language: Language): string {
  return `${timeText(time)}  ${say(STATUS[status], language)}  ${say(title, language)}\n  ${id}`;
}

function textOf(finding: FindingShown, language: Language): string {
  const { event, type, verdict, party, source, items, evidence, decision, earlier = [] } = finding;
  const told = ({ outcome, reason, time }: Decision): string =>
    `${say(OUTCOME_WORDS[outcome], language)}, ${reason}  ${timeText(time)}`;
  const line = (label: Phrase, value: string): string => `  ${say(label, language)}: ${value}`;
  return [
    lineOf(finding, language),
    line(LABELS.event, `${event}  ${typeText(type, language)}`),
    ...(verdict === 'accepted' ? [] : [`    ${codeText(verdict, language)}`]),
    line(LABELS.party, party),
    line(LABELS.source, say(source, language)),
    line(LABELS.items, items.join(', ')),
    ...Object.entries(evidence).map(([name, value]) =>
      line(
        EVIDENCE[name] ?? { zh: name, en: name },
        typeof value === 'object' ? value.join(', ') : String(value),
      ),
    ),
    ...(decision === undefined ? [] : [line(LABELS.decision, told(decision))]),
    ...earlier.map((each) => line(LABELS.earlier, told(each))),
  ].join('\n');
}
