import { isErrorCode, type Language } from '@huilian/core';
import { Exit, type Context } from '../context.js';
import { say, type Phrase } from '../language.js';
import type { BatchState, Queue, QueuedBatch, SettledBatch } from '../queue/index.js';
import { tellGateways, tellVerdict, whyWaiting } from '../recording/push-report.js';
import { withPatience } from '../recording/waiting.js';
import { keyOf, queueOf, queueOptions, sealedBefore } from '../session.js';
import { padded } from '../width.js';
import { statusText, typeText } from '../words.js';
import { flag, text, type Command } from './command.js';
import { wholeOf } from './item-events.js';

async function withQueue<T>(context: Context, work: (queue: Queue) => Promise<T>): Promise<T> {
  const queue = await queueOf(context);
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

/** `huilian queue list`: what is signed and not yet settled, and what was settled last. */
export const queueList: Command = {
  name: 'queue list',
  summary: { zh: '列出设备队列中的批次', en: 'list the batches of the queue' },
  run: (context) =>
    withQueue(context, (queue) => {
      const batches = queue.list();
      const { output } = context;
      if (batches.length === 0) output.talk({ zh: '设备队列是空的。', en: 'The queue is empty.' });
      output.list(
        { batches },
        batches.map((batch) => lineOf(batch, output.language)),
      );
      return Promise.resolve();
    }),
};

const STATES: Readonly<Record<BatchState, Phrase>> = {
  waiting: { zh: '待发送', en: 'waiting' },
  sent: { zh: '已发出', en: 'sent' },
  settled: { zh: '已上账', en: 'settled' },
  stranded: { zh: '已搁置', en: 'stranded' },
};

function lineOf({ sequence, state, count, events, verdicts }: QueuedBatch, language: Language): string {
  const refused = verdicts?.filter((verdict) => verdict !== 'accepted').length ?? 0;
  const types = [...new Set(events.map(({ type }) => typeText(type, language)))].join(', ');
  return [
    `${sequence}`.padStart(6),
    padded(say(STATES[state], language), 8),
    `${count}`.padStart(5),
    types,
    refused > 0 ? `${statusText('refused', language)} ${refused}` : '',
  ]
    .join('  ')
    .trimEnd();
}

/** `huilian queue push`: sends what waits; a batch leaves the queue only by a receipt that was checked here. */
export const queuePush: Command = {
  name: 'queue push',
  summary: { zh: '发送设备队列', en: 'send the queue' },
  options: [
    {
      flags: '--now',
      about: { zh: '立即封存并全部发送', en: 'seal everything now and send it' },
    },
  ],
  run: (context, options) =>
    withQueue(context, async (queue) => {
      const before = flag(options, 'now') ? undefined : sealedBefore(context);
      const pushing = queue.push(context.config.HUILIAN_GATEWAY, undefined, before);
      const report = await withPatience(context, pushing);
      const { settled, waiting } = report;
      const { language } = context.output;
      const summary = say(
        {
          zh: `已上账 ${settled.length} 批，待发送 ${waiting.length} 批`,
          en: `settled ${settled.length}, waiting ${waiting.length}`,
        },
        language,
      );
      context.output.data(report, [...settled.map(settledLine), summary].join('\n'));
      tellGateways(context, report);
      for (const { id, verdict, notice } of settled.flatMap(({ events }) => events))
        tellVerdict(context, isErrorCode(verdict) ? verdict : undefined, notice, { event: id });
      if (waiting.length > 0 || report.closed) throw whyWaiting(context, report);
      if (settled.some(({ events }) => events.some(({ verdict }) => verdict !== 'accepted')))
        throw new Exit(REFUSED);
    }),
};

const REFUSED = 3;

function settledLine({ sequence, events, block }: SettledBatch): string {
  const refused = events.filter(({ verdict }) => verdict !== 'accepted');
  const told = refused.map(({ id, verdict }) => `${id} ${verdict}`).join(', ');
  return [
    `${sequence}`.padStart(6),
    `${events.length}`.padStart(5),
    block === undefined ? '' : `#${block}`,
    told,
  ]
    .join('  ')
    .trimEnd();
}

/** `huilian queue undo`: as long as no gateway was given a batch, it is as if it had never been signed. */
export const queueUndo: Command = {
  name: 'queue undo',
  summary: {
    zh: '撤销最后一批尚未发送的事件',
    en: 'take back the last batch that was not sent yet',
  },
  options: [
    {
      flags: '--from <number>',
      about: { zh: '从该批次序号起全部撤销', en: 'take back all from this number on' },
    },
  ],
  run: (context, options) =>
    withQueue(context, async (queue) => {
      const from = text(options, 'from');
      const taken = await queue.takeBack(from === undefined ? undefined : wholeOf(from, '--from'));
      const { output } = context;
      if (taken.length === 0) {
        output.talk({
          zh: '没有尚未发送的批次；已发送的用 huilian correct 更正。',
          en: 'Nothing is unsent; what was sent is corrected with huilian correct.',
        });
      }
      output.list(
        { taken },
        taken.map((batch) => lineOf(batch, output.language)),
      );
    }),
};

/** `huilian queue repair`: makes a damaged queue anew from the batches that are whole; the damaged files are kept. */
export const queueRepair: Command = {
  name: 'queue repair',
  summary: {
    zh: '由完好的批次重建损坏的队列',
    en: 'make a damaged queue anew from the batches that are whole',
  },
  run: async (context) => {
    const { recoverQueue } = await import('../queue/index.js');
    const recovered = await recoverQueue(
      context.config.deviceHome,
      await keyOf(context),
      queueOptions(context),
    );
    const { waiting, stranded, unknown } = recovered;
    const lost = unknown ? `${unknown.from}–${unknown.to}` : '0';
    const told: Phrase = {
      zh: `待发送 ${waiting.length} 批，搁置 ${stranded.length} 批，不明 ${lost}`,
      en: `waiting ${waiting.length}, stranded ${stranded.length}, unknown ${lost}`,
    };
    context.output.data(recovered, say(told, context.output.language));
  },
};

/** `huilian queue lost FROM TO`: gives up numbers that can never be recorded; the next batch declares the gap for ever. */
export const queueLost: Command = {
  name: 'queue lost',
  arguments: '<from> <to>',
  summary: {
    zh: '声明丢失的批次，形成永久可见的缺口',
    en: 'declare batches as lost: a signed gap that is shown for ever',
  },
  run: (context, _options, from = '', to = '') =>
    withQueue(context, async (queue) => {
      const declared = await queue.declareLost(
        wholeOf(from, 'from'),
        wholeOf(to, 'to'),
        context.config.HUILIAN_GATEWAY,
      );
      const { gap, signedAnew } = declared;
      const told: Phrase = {
        zh: `${gap ? `缺口 ${gap.from}–${gap.to}` : '没有缺口'}，重新签名 ${signedAnew.length} 批`,
        en: `${gap ? `gap ${gap.from}–${gap.to}` : 'no gap'}, signed anew ${signedAnew.length}`,
      };
      context.output.data(declared, say(told, context.output.language));
    }),
};
