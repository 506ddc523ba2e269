import { Exit, expected, type Context } from '../context.js';
import { codeText } from '../words.js';
import { named, text, type Command } from './command.js';
import { wholeOf } from './item-events.js';
import { webhookText, type WebhookShown } from './webhook-text.js';
import { showSecret, webhookGateway, webhookPath } from './webhook.js';

const position = /^\d{1,10}\.\d{1,5}\.\d{1,5}$/;

/** What a test message did. */
interface Tried {
  readonly delivered: boolean;
  readonly status?: number;
  readonly code?: string;
  readonly milliseconds: number;
}

async function changed(context: Context, id: string, verb: string, body?: unknown): Promise<void> {
  const gateway = await webhookGateway(context);
  const webhook = await gateway.change<WebhookShown>('POST', `${webhookPath(id)}/${verb}`, body);
  if (webhook !== undefined) context.output.data(webhook, webhookText(webhook, context.output.language));
}

/** `huilian webhook remove WEBHOOK` */
const remove: Command = {
  name: 'webhook remove',
  arguments: '<webhook>',
  summary: { zh: '删除推送地址', en: 'remove a webhook' },
  run: async (context, _options, id = '') => {
    await (await webhookGateway(context)).change('DELETE', webhookPath(id));
    context.output.data({ id, removed: true }, id);
  },
};

/** `huilian webhook rotate WEBHOOK` */
const rotate: Command = {
  name: 'webhook rotate',
  arguments: '<webhook>',
  summary: {
    zh: '换发签名密钥，旧密钥在一段时间内仍有效',
    en: 'get a new signing secret; the one before stays good for a time',
  },
  options: [
    {
      flags: '--keep-hours <hours>',
      about: {
        zh: '旧密钥保留的小时数，默认 24，泄露时用 0',
        en: 'how long the one before stays good, 24 by default, 0 when it was betrayed',
      },
    },
  ],
  run: async (context, options, id = '') => {
    const hours = text(options, 'keepHours');
    const body = hours === undefined ? {} : { keepSeconds: wholeOf(hours, '--keep-hours') * 3_600 };
    const gateway = await webhookGateway(context);
    showSecret(context, await gateway.change('POST', `${webhookPath(id)}/rotate`, body));
  },
};

/** `huilian webhook enable WEBHOOK` */
const enable: Command = {
  name: 'webhook enable',
  arguments: '<webhook>',
  summary: { zh: '继续投递，并立即重试', en: 'go on delivering, and try again at once' },
  options: [
    {
      flags: '--after <position>',
      about: {
        zh: '从该位置之后继续，latest 为只要今后的事件',
        en: 'go on after this position; latest for what is still to come',
      },
    },
  ],
  run: (context, options, id = '') => {
    const after = text(options, 'after');
    return changed(context, id, 'enable', after === undefined ? {} : { after });
  },
};

/** `huilian webhook disable WEBHOOK` */
const disable: Command = {
  name: 'webhook disable',
  arguments: '<webhook>',
  summary: { zh: '停止投递，保留位置', en: 'stop delivering; the position is kept' },
  run: (context, _options, id = '') => changed(context, id, 'disable'),
};

/** `huilian webhook test WEBHOOK`: ends with 1 when the receiver did not take the message. */
const test: Command = {
  name: 'webhook test',
  arguments: '<webhook>',
  summary: { zh: '立即投递一条测试消息', en: 'post a test message now' },
  run: async (context, _options, id = '') => {
    const gateway = await webhookGateway(context);
    const tried = await gateway.change<Tried>('POST', `${webhookPath(id)}/test`);
    if (tried === undefined) return;
    const { output } = context;
    const status = tried.status === undefined ? '' : ` HTTP ${tried.status}`;
    const code = tried.code === undefined ? '' : ` ${codeText(tried.code, output.language)}`;
    output.data(tried, `${tried.delivered ? '✓' : '✗'}${status} ${tried.milliseconds} ms${code}`);
    if (!tried.delivered) throw new Exit(1);
  },
};

/** `huilian webhook resend WEBHOOK --from POSITION --to POSITION` */
const resend: Command = {
  name: 'webhook resend',
  arguments: '<webhook>',
  summary: { zh: '补发一段位置的事件', en: 'deliver the events of a range of positions again' },
  options: [
    {
      flags: '--from <position>',
      about: { zh: '首个位置，如 12.0.3', en: 'first position, such as 12.0.3' },
      required: true,
    },
    { flags: '--to <position>', about: { zh: '末个位置', en: 'last position' }, required: true },
  ],
  run: (context, options, id = '') => {
    const [from, to] = ['from', 'to'].map((name) => {
      const given = named(options, name);
      if (!position.test(given)) throw expected(`--${name}`, 'BLOCK.TRANSACTION.INDEX');
      return given;
    });
    return changed(context, id, 'resend', { from, to });
  },
};

/** What an owner does to a webhook. */
export const webhookChanges: readonly Command[] = [remove, rotate, enable, disable, test, resend];
