import {
  CORE_DEPOSIT,
  correctedDifference,
  HuilianError,
  oldForRemanAmount,
  REMAN_SCHEMES,
  STATE_PILOT,
  type GradedCore,
  type OpenedPrice,
  type RuleRow,
  type SaleRow,
} from '@huilian/core';
import type { Context } from '../context.js';
import { say } from '../language.js';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import type { StoredKey } from '../keys/index.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { chosen, named, text, type Command, type CommandOption, type Options } from './command.js';
import { evidenceOf, evidenceOption, tagOf, whole, wholeOf } from './item-events.js';
import { fenOf, openingsOption, openPrice, sealPrice, yuanOf } from './openings.js';
import { cites, step } from './step.js';

const sale: CommandOption = {
  flags: '--sale <number>',
  about: { zh: '销售单号', en: 'number of the sale' },
  required: true,
};
const line: CommandOption = {
  flags: '--line <number>',
  about: { zh: '销售单行号', en: 'line of the sale' },
  required: true,
};

function lineOf(options: Options, key: StoredKey): { seller: string; sale: string; line: number } {
  return { seller: key.owner, sale: named(options, 'sale'), line: whole(options, 'line') ?? 0 };
}

const yuan = (name: string, zh: string, en: string): CommandOption => ({
  flags: `--${name} <yuan>`,
  about: { zh, en },
  required: true,
});

function versionsOf(options: Options): { statePilotVersion?: number; coreDepositVersion?: number } {
  const [pilot, deposit] = [whole(options, 'pilotVersion'), whole(options, 'depositVersion')];
  return {
    ...(pilot === undefined ? {} : { statePilotVersion: pilot }),
    ...(deposit === undefined ? {} : { coreDepositVersion: deposit }),
  };
}

/** The seller's line of a sale, from a gateway. @throws HuilianError HL-2229 */
async function saleOf(context: Context, number: string, of: string): Promise<SaleRow> {
  const key = await keyOf(context);
  const path = `/v1/entitlements/${key.owner}/${encodeURIComponent(number)}/${wholeOf(of, 'line')}`;
  const found = await read<SaleRow>(gatewaysOf(context, key), path);
  if (found === undefined) throw new HuilianError('HL-2229', { number, row: of });
  return found;
}

/** @throws HuilianError HL-2070 */
async function tableOf(
  context: Context,
  name: string,
  province: string,
  version: number,
): Promise<RuleRow['table']> {
  const gateways = gatewaysOf(context, await keyOf(context));
  const found = await read<RuleRow>(gateways, `/v1/rules/${name}/${province}/${version}`);
  if (found === undefined) throw new HuilianError('HL-2070', { table: name, version });
  return found.table;
}

/** What is due by the record, in fen: what a correction changed is a difference of its own. */
async function dueOf(
  context: Context,
  row: SaleRow,
  opened: OpenedPrice,
): Promise<Readonly<Record<string, number>>> {
  const due: Record<string, number> = {};
  const of = (scheme: 'statePilot' | 'coreDeposit', graded: GradedCore) => ({
    scheme,
    category: row.category,
    graded,
    opened,
  });
  if (row.statePilot && row.statePilotVersion !== undefined) {
    const table = await tableOf(context, STATE_PILOT.name, STATE_PILOT.province, row.statePilotVersion);
    due['statePilotFen'] = oldForRemanAmount(of('statePilot', row.statePilot), table);
  }
  const [first, ...corrections] = row.coreDeposit ?? [];
  if (first && row.coreDepositVersion !== undefined) {
    const table = await tableOf(context, CORE_DEPOSIT.name, CORE_DEPOSIT.province, row.coreDepositVersion);
    due['coreDepositFen'] = oldForRemanAmount(of('coreDeposit', first), table);
    let before = first;
    for (const [i, graded] of corrections.entries()) {
      due[`correction${i + 1}Fen`] = correctedDifference(of('coreDeposit', graded), before, table);
      before = graded;
    }
  }
  return due;
}

const remanShow: Command = {
  name: 'reman show',
  arguments: '<sale> <line>',
  summary: { zh: '显示本企业的以旧换再销售单行', en: 'show a line of your sale for an old part' },
  run: async (context, _options, number = '', of = '') => {
    const row = await saleOf(context, number, of);
    const shown = Object.entries(row).map(
      ([name, value]) => `${name}  ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
    context.output.data(row, shown.join('\n'));
  },
};

const WORDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  statePilotFen: { zh: '试点补贴（元）', en: 'state pilot, yuan' },
  coreDepositFen: { zh: '退还押金（元）', en: 'deposit refunded, yuan' },
};
const CORRECTION = { zh: '更正差额（元）', en: 'difference of a correction, yuan' };

const remanAmount: Command = {
  name: 'reman amount',
  arguments: '<sale> <line>',
  summary: {
    zh: '由打开的价格和规则表计算已申领的金额',
    en: 'compute what was claimed from the opened prices and the tables',
  },
  options: [openingsOption],
  run: async (context, options, number = '', of = '') => {
    const row = await saleOf(context, number, of);
    const due = await dueOf(context, row, await openPrice(options, row.price));
    const { language } = context.output;
    const lines = Object.entries(due).map(
      ([name, fen]) => `${say(WORDS[name] ?? CORRECTION, language)}  ${yuanOf(fen)}`,
    );
    context.output.data({ sale: number, line: Number(of), ...due }, lines.join('\n'));
  },
};

/** `huilian reman …`: old-for-reman, from the sale to what is due for the core. */
export const remanSteps: readonly Command[] = [
  step(
    'reman sell',
    { zh: '以旧换再：销售再制造产品', en: 'sell a remanufactured part for an old one' },
    [
      sale,
      line,
      yuan('price', '售价（元）', 'price in yuan'),
      yuan('core-price', '旧件价（元）', 'price of the core in yuan'),
      yuan('deposit', '旧件押金（元）', 'deposit on the core in yuan'),
      {
        flags: '--pilot-version <number>',
        about: { zh: '试点补贴表的版本', en: 'version of the table statePilot' },
      },
      {
        flags: '--deposit-version <number>',
        about: { zh: '押金表的版本', en: 'version of the table coreDeposit' },
      },
      openingsOption,
    ],
    async (context, item, options, key) => {
      const fen = (name: string, flag: string): number => fenOf(named(options, name), flag);
      const price = await sealPrice(options, {
        priceFen: fen('price', '--price'),
        corePriceFen: fen('corePrice', '--core-price'),
        depositFen: fen('deposit', '--deposit'),
      });
      const data = { ...lineOf(options, key), price, ...versionsOf(options) };
      return itemEvent(context, 'sellRemanufactured', item, data, cites(options));
    },
  ),
  step(
    'reman return',
    { zh: '以旧换再：收回旧件', en: 'take the old part back for a line of the sale' },
    [
      sale,
      line,
      {
        flags: '--product <item>',
        about: { zh: '所售的再制造产品', en: 'the part that was sold' },
        required: true,
      },
      {
        flags: '--label <tag>',
        about: { zh: '贴在无编号旧件上的标签', en: 'label put on a core without a number' },
      },
      evidenceOption,
    ],
    async (context, item, options, key) => {
      const product = await findItem(context, named(options, 'product'));
      const label = text(options, 'label');
      const data = {
        ...lineOf(options, key),
        product,
        ...(label === undefined ? {} : { label: tagOf(label) }),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'receiveCore', item, data, cites(options));
    },
  ),
  step(
    'reman claim',
    { zh: '旧件分级后申领款项', en: 'claim what is due once the core was graded' },
    [
      sale,
      line,
      {
        flags: '--scheme <scheme>',
        about: { zh: '试点补贴或旧件押金', en: 'the state pilot or the deposit on the core' },
        choices: REMAN_SCHEMES,
        required: true,
      },
      { flags: '--core <item>', about: { zh: '返还的旧件', en: 'the core that came back' }, required: true },
    ],
    async (context, item, options, key) => {
      const scheme = chosen(options, 'scheme', REMAN_SCHEMES);
      const core = await findItem(context, named(options, 'core'));
      const data = { ...lineOf(options, key), scheme, core };
      return itemEvent(context, 'claimEntitlement', item, data, cites(options));
    },
  ),
  remanShow,
  remanAmount,
];
