import { imeiTag } from '@huilian/core';
import { pepperOf } from '../pepper.js';
import type { Command } from './command.js';

/** `huilian tag imei IMEI`: the tag of a telephone, which goes on the ledger in place of its IMEI. */
export const tagImei: Command = {
  name: 'tag imei',
  arguments: '<imei>',
  summary: { zh: '由 IMEI 生成手机标签（需通道密钥）', en: 'make the tag of a telephone from its IMEI' },
  run: (context, _options, imei = '') => {
    const tag = imeiTag(imei, pepperOf(context));
    const text = `${tag.scheme}:${tag.value}`;
    context.output.data({ tag: text }, text);
    return Promise.resolve();
  },
};
