import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  HuilianError,
  isCreditCode,
  makeKeyRequest,
  parseBounded,
  parseTrustBundle,
  type TrustBundle,
} from '@huilian/core';
import { usage, type Context } from '../context.js';
import { initKey, listKeys, loadKey } from '../keys/index.js';
import { say, type Phrase } from '../language.js';
import { padded } from '../width.js';
import { named, text, type Command } from './command.js';

const NAME = '[name]';

/** `huilian key init [NAME]`: a P-256 key in a file that only its user can read, with the trust bundle pinned to it. */
export const keyInit: Command = {
  name: 'key init',
  arguments: NAME,
  summary: { zh: '生成设备密钥并固定信任文件', en: 'make a key of this device and pin the trust bundle' },
  options: [
    {
      flags: '--owner <code>',
      about: { zh: '信用代码；管理员密钥用组织名', en: 'credit code, or organisation for an administrator' },
      required: true,
    },
    {
      flags: '--trust <file>',
      about: { zh: '来自可信来源的 trust.json', en: 'trust.json from a source that you trust' },
    },
  ],
  run: async (context, options, name = context.config.HUILIAN_KEY) => {
    const owner = named(options, 'owner');
    if (!isCreditCode(owner) && !/^[A-Za-z][A-Za-z0-9]{0,36}MSP$/.test(owner))
      throw new HuilianError('HL-1031', { owner });
    const { keyId } = await initKey(
      context.config.deviceHome,
      name,
      owner,
      trustOf(context, text(options, 'trust')),
    );
    context.output.data({ name, keyId, owner }, keyId);
    context.output.talk({
      zh: `请把 huilian key request ${name} 的输出交给管理员登记。`,
      en: `Give the output of huilian key request ${name} to your administrator, who registers it.`,
    });
  },
};

/** @throws HuilianError HL-7024 when there is no bundle, HL-6001 or HL-6038 when it is malformed */
function trustOf({ config }: Context, file: string | undefined): TrustBundle {
  const path = file ?? config.HUILIAN_TRUST ?? join(config.HUILIAN_HOME, 'network', 'trust.json');
  if (!existsSync(path)) throw new HuilianError('HL-7024', { file: path });
  return parseTrustBundle(parseBounded(readFileSync(path)));
}

/** `huilian key show [NAME]` */
export const keyShow: Command = {
  name: 'key show',
  arguments: NAME,
  summary: { zh: '显示密钥的公开部分', en: 'show the public part of a key' },
  run: async (context, _options, name = context.config.HUILIAN_KEY) => {
    const { keyId, owner, key, trust } = await loadKey(context.config.deviceHome, name);
    const shown = {
      name,
      keyId,
      owner,
      publicKey: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y },
      ledger: trust.ledger,
    };
    const rows: readonly (readonly [Phrase, string])[] = [
      [{ zh: '名称', en: 'name' }, name],
      [{ zh: '密钥', en: 'keyId' }, keyId],
      [{ zh: '所有者', en: 'owner' }, owner],
      [{ zh: '账本', en: 'ledger' }, trust.ledger],
    ];
    const { language } = context.output;
    context.output.data(
      shown,
      rows.map(([label, value]) => padded(say(label, language), 8) + value).join('\n'),
    );
  },
};

/** `huilian key list` */
export const keyList: Command = {
  name: 'key list',
  summary: { zh: '列出本机的密钥', en: 'list the keys of this device' },
  run: async ({ config, output }) => {
    const keys = [];
    for (const name of await listKeys(config.deviceHome)) {
      const { keyId, owner, laneElsewhere } = await loadKey(config.deviceHome, name);
      keys.push({ name, keyId, owner, ...(laneElsewhere ? { laneElsewhere } : {}) });
    }
    if (keys.length === 0) output.talk({ zh: '本机没有密钥。', en: 'There are no keys on this device.' });
    const elsewhere = say({ zh: '由另一程序使用', en: 'used by another program' }, output.language);
    output.list(
      { keys },
      keys.map(({ name, keyId, owner, laneElsewhere }) =>
        [name, keyId, owner, ...(laneElsewhere ? [elsewhere] : [])].join('\t'),
      ),
    );
  },
};

/** `huilian key request [NAME]`: what the administrator needs, with proof that the private half is held. */
export const keyRequest: Command = {
  name: 'key request',
  arguments: NAME,
  summary: {
    zh: '输出登记申请（含持有证明）',
    en: 'print the request for registration, with proof of possession',
  },
  run: async (context, _options, name = context.config.HUILIAN_KEY) => {
    const { key, owner, trust } = await loadKey(context.config.deviceHome, name);
    if (owner === '') throw new HuilianError('HL-7025');
    const request = JSON.stringify(makeKeyRequest(trust.ledger, owner, key));
    context.output.data(JSON.parse(request), request);
  },
};

/** Text of a file, or of the standard input for `-`. @throws HuilianError HL-7032 */
export function inputOf(file: string | undefined): Buffer {
  if (file === undefined) throw usage('file', '-');
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new HuilianError('HL-7032', { file }, { cause });
  }
}
