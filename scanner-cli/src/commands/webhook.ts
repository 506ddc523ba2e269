import { HuilianError } from '@huilian/core';
import { expected, type Context } from '../context.js';
import type { Gateway } from '../gateway/index.js';
import { gatewaysOf, keyOf } from '../session.js';
import { text, texts, type Command } from './command.js';
import { webhookLine, webhookText, type WebhookShown } from './webhook-text.js';

const WEBHOOKS = '/v1/webhooks';
const FIRST_PAGE = `${WEBHOOKS}?limit=200`;

interface Page {
  readonly webhooks: readonly WebhookShown[];
  readonly next?: string;
}

/** The gateway whose webhooks are meant: the first one, because each may keep its own. */
export async function webhookGateway(context: Context): Promise<Gateway> {
  const [gateway] = gatewaysOf(context, await keyOf(context));
  if (gateway === undefined) throw new HuilianError('HL-7015');
  return gateway;
}

/** The address of a webhook. @throws HuilianError HL-7031 */
export function webhookPath(id: string): string {
  if (!/^wh_[A-Za-z0-9_-]{22}$/.test(id)) throw expected('WEBHOOK', 'wh_…');
  return `${WEBHOOKS}/${id}`;
}

/** Shows a webhook with a secret that nobody sees again. */
export function showSecret(
  { output }: Context,
  webhook: (WebhookShown & { readonly secret: string }) | undefined,
): void {
  if (webhook === undefined) return;
  output.data(webhook, `${webhookText(webhook, output.language)}\n${webhook.secret}`);
  output.talk({
    zh: '签名密钥只显示这一次，请妥善保存。',
    en: 'The signing secret is shown this once; keep it safe.',
  });
}

/** `huilian webhook add URL` */
export const webhookAdd: Command = {
  name: 'webhook add',
  arguments: '<url>',
  summary: { zh: '登记接收事件的地址', en: 'register an address to which events are posted' },
  options: [
    {
      flags: '--event <type>',
      about: {
        zh: '只要这类消息，如 event.accepted.handover，可重复',
        en: 'only messages of this type, such as event.accepted.handover; may be repeated',
      },
      many: true,
    },
    {
      flags: '--item <id>',
      about: { zh: '只要与该物品有关的，可重复', en: 'only what concerns this item; may be repeated' },
      many: true,
    },
    {
      flags: '--after <position>',
      about: { zh: '从该位置之后开始，0.0.0 为全部', en: 'begin after this position; 0.0.0 for everything' },
    },
  ],
  run: async (context, options, url = '') => {
    const after = text(options, 'after');
    const wish = {
      url,
      eventTypes: texts(options, 'event'),
      items: texts(options, 'item'),
      ...(after === undefined ? {} : { after }),
    };
    showSecret(context, await (await webhookGateway(context)).change('POST', WEBHOOKS, wish));
  },
};

/** `huilian webhook list` */
export const webhookList: Command = {
  name: 'webhook list',
  summary: { zh: '列出推送地址', en: 'list webhooks' },
  run: async (context) => {
    const gateway = await webhookGateway(context);
    const webhooks: WebhookShown[] = [];
    for (let path: string | undefined = FIRST_PAGE; path !== undefined;) {
      const page: Page | undefined = await gateway.get<Page>(path);
      webhooks.push(...(page?.webhooks ?? []));
      path = page?.next === undefined ? undefined : `${FIRST_PAGE}&cursor=${page.next}`;
    }
    const { output } = context;
    output.list(
      { webhooks },
      webhooks.map((webhook) => webhookLine(webhook, output.language)),
    );
  },
};

/** `huilian webhook show WEBHOOK` */
export const webhookShow: Command = {
  name: 'webhook show',
  arguments: '<webhook>',
  summary: { zh: '显示推送地址及其投递进度', en: 'show a webhook and where its deliveries stand' },
  run: async (context, _options, id = '') => {
    const webhook = await (await webhookGateway(context)).get<WebhookShown>(webhookPath(id));
    if (webhook === undefined) throw new HuilianError('HL-4040', { webhook: id });
    context.output.data(webhook, webhookText(webhook, context.output.language));
  },
};
