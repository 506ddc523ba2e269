import { readFileSync } from 'node:fs';
import { HuilianError, imeiTag } from '@huilian/core';
import type { Command } from './command.js';

/** `huilian tag imei IMEI`: the tag of a telephone, which goes on the ledger in place of its IMEI. */
export const tagImei: Command = {
  name: 'tag imei',
  arguments: '<imei>',
  summary: { zh: '由 IMEI 生成手机标签（需通道密钥）', en: 'make the tag of a telephone from its IMEI' },
  run: ({ config, output }, _options, imei = '') => {
    const tag = imeiTag(imei, pepperOf(config.HUILIAN_IMEI_PEPPER_FILE));
    const text = `${tag.scheme}:${tag.value}`;
    output.data({ tag: text }, text);
    return Promise.resolve();
  },
};

/** The pepper of the channel, hex in its file. @throws HuilianError HL-1049 not set, not there, no hex, or too short */
function pepperOf(file: string | undefined): Uint8Array {
  if (file === undefined) throw new HuilianError('HL-1049', { variable: 'HUILIAN_IMEI_PEPPER_FILE' });
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  } catch (cause) {
    throw new HuilianError('HL-1049', { file }, { cause });
  }
}
