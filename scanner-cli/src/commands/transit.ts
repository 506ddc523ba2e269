import { say } from '../language.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { kindText, reasonText, timeText } from '../words.js';
import { flag, text, type Command } from './command.js';
import { whole } from './item-events.js';
import type { Item } from './item-shown.js';

interface InTransit extends Item {
  readonly giver: string;
  readonly receiver: string;
  readonly since: number;
  readonly reason?: string;
  readonly lost?: boolean;
}

/** `huilian transit list`: what was handed over and is not accepted. */
export const transitList: Command = {
  name: 'transit list',
  summary: {
    zh: '列出在途物品：已移交未接收，或接收载具时留给移交方的',
    en: 'list what is in transit: handed over and not accepted, or left with its giver',
  },
  options: [
    { flags: '--expected', about: { zh: '列出将由本企业接收的', en: 'what this participant is to receive' } },
    {
      flags: '--party <code>',
      about: { zh: '监管方：指定企业', en: 'for Oversight: the party that is meant' },
    },
    {
      flags: '--lost-after <days>',
      about: { zh: '超过这些天的视为丢失', en: 'what is on its way for longer is lost' },
    },
  ],
  run: async (context, options) => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const { output } = context;
    const days = whole(options, 'lostAfter');
    const party = text(options, 'party');
    const asked = new URLSearchParams({
      limit: '200',
      side: flag(options, 'expected') ? 'expected' : 'sent',
      ...(party === undefined ? {} : { party }),
      ...(days === undefined ? {} : { days: String(days) }),
    });
    const items: InTransit[] = [];
    for (let more = true; more;) {
      const page: { items: InTransit[]; next?: string } | undefined = await read(
        gateways,
        `/v1/in-transit?${asked.toString()}`,
      );
      items.push(...(page?.items ?? []));
      more = page?.next !== undefined;
      if (page?.next !== undefined) asked.set('cursor', page.next);
    }
    const lost = say({ zh: '丢失', en: 'lost' }, output.language);
    output.list(
      { items },
      items.map(({ item, kind, category, giver, receiver, since, reason, lost: isLost }) =>
        [
          item,
          `${kindText(kind, output.language)} ${category}`,
          `${giver} → ${receiver}`,
          timeText(since),
          ...(reason === undefined ? [] : [reasonText(reason, output.language)]),
          ...(isLost === true ? [lost] : []),
        ].join('  '),
      ),
      { zh: '没有在途物品。', en: 'Nothing is in transit.' },
    );
  },
};
