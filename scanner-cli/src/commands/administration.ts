import { setTimeout as pause } from 'node:timers/promises';
import {
  HuilianError,
  isTimeTable,
  licenceDigest,
  KNOWN_TABLES,
  parseBounded,
  ROLES,
  type AdministrationEventType,
  type ParticipantRow,
  type Role,
} from '@huilian/core';
import { expected, usage, type Context } from '../context.js';
import { administrationEvent, type AdministrationData } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import type { Output } from '../output.js';
import { flag, named, text, texts, type Command, type CommandOption, type Options } from './command.js';
import { creditCode, recordingOptions, tagOf as bindable, wholeOf } from './item-events.js';
import { dayAfter, dayStart } from './key-administration.js';
import { inputOf } from './key.js';
import { licenceText } from './licence-text.js';

/** A command that records one event of an administrator. */
function administer<T extends AdministrationEventType>(
  name: string,
  type: T,
  args: string | undefined,
  summary: Command['summary'],
  options: readonly CommandOption[],
  dataOf: (
    options: Options,
    args: readonly string[],
    context: Context,
  ) => AdministrationData<T> | Promise<AdministrationData<T>>,
): Command {
  return {
    name,
    ...(args === undefined ? {} : { arguments: args }),
    summary,
    options: [...options, ...recordingOptions.filter(({ flags }) => flags === '--strict')],
    run: async (context, given, ...words) => {
      const event = administrationEvent(context, type, await dataOf(given, words, context));
      await recordEvents(context, await keyOf(context), [event], given);
    },
  };
}

const participantOption: CommandOption = {
  flags: '--participant <code>',
  about: { zh: '企业信用代码', en: 'credit code of the participant' },
  required: true,
};
const numberOption: CommandOption = {
  flags: '--number <number>',
  about: { zh: '许可编号', en: 'number of the licence' },
  required: true,
};

function rolesOf(values: readonly string[]): Role[] {
  return values.map((value) => {
    const role = ROLES.find((known) => known === value);
    if (!role) throw expected('--role', ROLES.join(', '));
    return role;
  });
}

const LOOKS = 10;
const LOOK_PAUSE_MS = 300;

/**
 * Shows the entry of a licence and names its digest, so that the signature is for what was seen.
 *
 * @throws HuilianError HL-3037 when there is no such entry, and as `read`
 */
async function seenLicence(
  context: Context,
  participant: string,
  number: string,
): Promise<AdministrationData<'licence.countersign'>> {
  const gateways = gatewaysOf(context, await keyOf(context));
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await read<Pick<ParticipantRow, 'licences'>>(gateways, `/v1/participants/${participant}`);
    const licence = found?.licences.find((each) => each.number === number);
    if (licence) {
      context.output.talk({
        zh: `会签：${licenceText(licence, 'zh-CN')}`,
        en: `countersigning ${licenceText(licence, 'en')}`,
      });
      return { creditCode: participant, number, digest: licenceDigest(licence) };
    }
    // The read model may not have the entry yet.
    await pause(LOOK_PAUSE_MS);
  }
  throw new HuilianError('HL-3037', { number });
}

const ruleOptions: readonly CommandOption[] = [
  { flags: '--province <code>', about: { zh: 'GB/T 2260 代码或 CN', en: 'GB/T 2260 code, or CN' } },
  { flags: '--rule-version <number>', about: { zh: '版本号', en: 'number of the version' }, required: true },
];

function ruleName(options: Options, name = ''): { name: string; province: string; version: number } {
  return {
    name,
    province: text(options, 'province') ?? 'CN',
    version: wholeOf(named(options, 'ruleVersion'), '--rule-version'),
  };
}

/** A slip of the pen must not become a table for ever. @throws HuilianError HL-7031 */
function knownTable(options: Options, name: string | undefined, output: Output): string | undefined {
  if (name === undefined || KNOWN_TABLES.includes(name) || isTimeTable(name)) return name;
  output.warn({
    zh: `没有规则使用名为 ${name} 的规则表；使用的有：${KNOWN_TABLES.join('、')}。`,
    en: `No rule uses a table named ${name}; those used are ${KNOWN_TABLES.join(', ')}.`,
  });
  if (!flag(options, 'new')) throw usage('name', '--new');
  return name;
}

/** Everything that administrator keys sign, beside keys. */
export const administration: readonly Command[] = [
  administer(
    'participant register',
    'participant.register',
    '<creditCode>',
    { zh: '登记企业', en: 'register a participant' },
    [
      { flags: '--name <name>', about: { zh: '企业名称', en: 'name' }, required: true },
      {
        flags: '--role <role>',
        about: { zh: '角色，可重复', en: 'role; may be repeated' },
        many: true,
        required: true,
      },
      { flags: '--province <code>', about: { zh: 'GB/T 2260 代码', en: 'GB/T 2260 code' }, required: true },
    ],
    (options, [code = '']) => ({
      creditCode: creditCode({ creditCode: code }, 'creditCode'),
      name: named(options, 'name').normalize('NFC'),
      roles: rolesOf(texts(options, 'role')),
      province: named(options, 'province'),
    }),
  ),
  administer(
    'participant suspend',
    'participant.suspend',
    '<creditCode>',
    { zh: '暂停企业', en: 'suspend a participant' },
    [{ flags: '--reason <code>', about: { zh: '原因代码', en: 'code of the reason' }, required: true }],
    (options, [code = '']) => ({
      creditCode: creditCode({ creditCode: code }, 'creditCode'),
      reason: named(options, 'reason'),
    }),
  ),
  administer(
    'participant reinstate',
    'participant.reinstate',
    '<creditCode>',
    { zh: '恢复企业', en: 'lift a suspension' },
    [],
    (_options, [code = '']) => ({
      creditCode: creditCode({ creditCode: code }, 'creditCode'),
    }),
  ),
  administer(
    'licence grant',
    'licence.grant',
    undefined,
    { zh: '录入许可', en: 'enter a licence' },
    [
      participantOption,
      numberOption,
      {
        flags: '--kind <role>',
        about: { zh: '许可的角色', en: 'role that it licenses' },
        choices: ROLES,
        required: true,
      },
      {
        flags: '--category <code>',
        about: { zh: '类别，可重复；不填为全部', en: 'category, may be repeated; none means all' },
        many: true,
      },
      { flags: '--capacity <number>', about: { zh: '年处理能力', en: 'capacity a year' }, required: true },
      { flags: '--valid-from <date>', about: { zh: '有效期起', en: 'first day' }, required: true },
      { flags: '--valid-to <date>', about: { zh: '有效期止', en: 'last day' }, required: true },
      { flags: '--authority <name>', about: { zh: '发证机关', en: 'authority' }, required: true },
    ],
    (options) => ({
      creditCode: creditCode(options, 'participant'),
      licence: {
        number: named(options, 'number'),
        kind: rolesOf([named(options, 'kind')])[0] ?? 'dismantler',
        categories: [...texts(options, 'category')],
        annualCapacity: wholeOf(named(options, 'capacity'), '--capacity'),
        validFrom: dayStart(named(options, 'validFrom'), '--valid-from'),
        validTo: dayAfter(named(options, 'validTo'), '--valid-to'),
        authority: named(options, 'authority').normalize('NFC'),
      },
    }),
  ),
  administer(
    'licence countersign',
    'licence.countersign',
    undefined,
    { zh: '会签许可', en: 'countersign a licence' },
    [participantOption, numberOption],
    (options, _args, context) =>
      seenLicence(context, creditCode(options, 'participant'), named(options, 'number')),
  ),
  administer(
    'rule propose',
    'rule.propose',
    '<name>',
    { zh: '提出规则表', en: 'propose a rule table' },
    [
      ...ruleOptions,
      { flags: '--from <date>', about: { zh: '生效日', en: 'in force from' }, required: true },
      {
        flags: '--table <file>',
        about: { zh: 'JSON 文件（- 为标准输入）', en: 'JSON file; - is the standard input' },
        required: true,
      },
      {
        flags: '--new',
        about: {
          zh: '名称不是本产品使用的规则表，仍要提出',
          en: 'propose it although no rule of this product uses a table of this name',
        },
      },
    ],
    (options, [name], { output }) => ({
      ...ruleName(options, knownTable(options, name, output)),
      from: dayStart(named(options, 'from'), '--from'),
      table: parseBounded(inputOf(text(options, 'table'))) as AdministrationData<'rule.propose'>['table'],
    }),
  ),
  administer(
    'rule approve',
    'rule.approve',
    '<name>',
    { zh: '批准规则表', en: 'approve a rule table' },
    ruleOptions,
    (options, [name]) => ruleName(options, name),
  ),
  administer(
    'ruleset propose',
    'ruleset.propose',
    '<number>',
    { zh: '提出规则集', en: 'propose a ruleset' },
    [],
    (_options, [number = '']) => ({
      number: wholeOf(number, 'number'),
    }),
  ),
  administer(
    'ruleset activate',
    'ruleset.approve',
    '<number>',
    { zh: '以第二个密钥批准并启用规则集', en: 'approve a ruleset with a second key, which puts it in force' },
    [],
    (_options, [number = '']) => ({
      number: wholeOf(number, 'number'),
    }),
  ),
  administer(
    'tag award',
    'tag.award',
    '<tag>',
    { zh: '裁定有争议的标签', en: 'decide whose a contested tag is' },
    [{ flags: '--item <item>', about: { zh: '归属的物品', en: 'item that keeps it' }, required: true }],
    async (options, [content = ''], context) => ({
      tag: bindable(content),
      item: await findItem(context, named(options, 'item')),
    }),
  ),
];
