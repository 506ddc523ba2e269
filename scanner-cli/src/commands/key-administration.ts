import {
  canonicalText,
  HuilianError,
  KEY_KINDS,
  keyIdOf,
  parseBounded,
  parseKeyRequest,
  type KeyRequest,
} from '@huilian/core';
import { expected, type Context } from '../context.js';
import { administrationEvent } from '../recording/event.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { choice, flag, named, text, type Command } from './command.js';
import { wholeOf } from './item-events.js';
import { inputOf } from './key.js';

/** `huilian key register FILE`: an administrator registers the key of a request. */
export const keyRegister: Command = {
  name: 'key register',
  arguments: '<request>',
  summary: {
    zh: '管理员登记密钥（- 为标准输入）',
    en: 'register the key of a request; - is the standard input',
  },
  options: [
    { flags: '--kind <kind>', about: { zh: '密钥种类', en: 'kind of key' }, choices: KEY_KINDS },
    {
      flags: '--valid-to <date>',
      about: { zh: '有效期止，如 2027-12-31', en: 'last day, such as 2027-12-31' },
    },
    {
      flags: '--fabric',
      about: {
        zh: '用本组织的 Fabric 管理员证书登记首个管理员密钥',
        en: "register an administrator key by the organisation's Fabric administrator",
      },
    },
  ],
  run: async (context, options, file) => {
    const request = parseKeyRequest(parseBounded(inputOf(file)));
    if (flag(options, 'fabric')) return registerByFabric(context, request);
    const { owner, publicKey, proof } = request;
    const kind = choice(options, 'kind', KEY_KINDS) ?? (owner.endsWith('MSP') ? 'administrator' : 'device');
    const last = text(options, 'validTo');
    const data = {
      owner,
      kind,
      publicKey,
      proof,
      ...(last === undefined ? {} : { validTo: dayAfter(last, '--valid-to') }),
    };
    await recordEvents(
      context,
      await keyOf(context),
      [administrationEvent(context, 'key.register', data)],
      options,
      [{ keyId: keyIdOf(publicKey) }],
    );
  },
};

/** First second after a day at UTC+8. @throws HuilianError HL-7031 */
export function dayAfter(day: string, option: string): number {
  return dayStart(day, option) + 86_400;
}

/** First second of a day at UTC+8, where a day of this ledger begins. @throws HuilianError HL-7031 */
export function dayStart(day: string, option: string): number {
  const start = isDay(day) ? Date.parse(`${day}T00:00:00+08:00`) : NaN;
  if (Number.isNaN(start)) throw expected(option, 'YYYY-MM-DD');
  return start / 1000;
}

/** Whether a text is a day of the calendar, `2026-03-02`; `Date.parse` alone takes 30 February for 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const start = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}

/** The root of an organisation's administration: its Fabric administrator registers the first key. */
async function registerByFabric(context: Context, request: KeyRequest): Promise<void> {
  const { connectionOf, Home, readDescription } = await import('@huilian/network');
  const network = await readDescription(new Home(context.config.HUILIAN_HOME));
  const organisation = network.organisations.find(({ mspId }) => mspId === request.owner);
  if (!organisation?.identities['administrator']) throw new HuilianError('HL-3032', { mspId: request.owner });
  const ledger = await connectionOf(network, organisation, 'administrator');
  try {
    const { block, transactionId } = await ledger.submit('Administration:registerAdministrator', [
      canonicalText(request),
    ]);
    const keyId = keyIdOf(request.publicKey);
    context.output.data(
      { keyId, owner: request.owner, status: 'accepted', block, transaction: transactionId },
      keyId,
    );
  } finally {
    ledger.close();
  }
}

/** `huilian key revoke KEYID`: a key ends at a position of its lane. */
export const keyRevoke: Command = {
  name: 'key revoke',
  arguments: '<keyId>',
  summary: { zh: '吊销密钥', en: 'end a key' },
  options: [
    {
      flags: '--last <sequence>',
      about: { zh: '最后一个被接受的序号', en: 'last sequence that is accepted' },
      required: true,
    },
    {
      flags: '--reason <code>',
      about: { zh: '原因代码，如 lost', en: 'code of the reason, such as lost' },
      required: true,
    },
  ],
  run: async (context, options, keyId = '') => {
    const data = {
      keyId,
      lastSequence: wholeOf(named(options, 'last'), '--last'),
      reason: named(options, 'reason'),
    };
    await recordEvents(
      context,
      await keyOf(context),
      [administrationEvent(context, 'key.revoke', data)],
      options,
    );
  },
};
