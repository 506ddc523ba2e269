import { Exit, type Context } from '../context.js';
import type { Queue, QueuedBatch, SettledBatch } from '../queue/index.js';
import { tellGateways, whyWaiting } from '../recording/push-report.js';
import { keyOf, queueOf, queueOptions } from '../session.js';
import type { Command } from './command.js';
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
      context.output.data({ batches }, batches.map(lineOf).join('\n'));
      return Promise.resolve();
    }),
};

function lineOf({ sequence, state, count, events, verdicts }: QueuedBatch): string {
  const refused = verdicts?.filter((verdict) => verdict !== 'accepted').length ?? 0;
  const types = [...new Set(events.map(({ type }) => type))].join(', ');
  return [
    `${sequence}`.padStart(6),
    state.padEnd(8),
    `${count}`.padStart(5),
    types,
    refused > 0 ? `refused: ${refused}` : '',
  ]
    .join('  ')
    .trimEnd();
}

/** `huilian queue push`: sends what waits; a batch leaves the queue only by a receipt that was checked here. */
export const queuePush: Command = {
  name: 'queue push',
  summary: { zh: '发送设备队列', en: 'send the queue' },
  run: (context) =>
    withQueue(context, async (queue) => {
      const report = await queue.push(context.config.HUILIAN_GATEWAY);
      const { settled, waiting } = report;
      const summary = `settled ${settled.length}, waiting ${waiting.length}`;
      context.output.data(report, [...settled.map(settledLine), summary].join('\n'));
      tellGateways(context, report);
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
    context.output.data(recovered, `waiting ${waiting.length}, stranded ${stranded.length}, unknown ${lost}`);
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
      context.output.data(
        declared,
        `${gap ? `gap ${gap.from}–${gap.to}` : 'no gap'}, signed anew ${signedAnew.length}`,
      );
    }),
};
