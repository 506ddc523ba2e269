import type { CommandOption } from './command.js';

/** Options that every command takes, before or after its name. */
export const globalOptions: readonly CommandOption[] = [
  { flags: '--json', about: { zh: '以 JSON 输出数据', en: 'print data as JSON' } },
  { flags: '--lang <language>', about: { zh: '语言', en: 'language' }, choices: ['zh-CN', 'en'] },
  { flags: '--key <name>', about: { zh: '使用的密钥', en: 'key to use' } },
  {
    flags: '--gateway <url>',
    about: { zh: '网关地址，可重复', en: 'address of a gateway; may be repeated' },
    many: true,
  },
  { flags: '--offline', about: { zh: '不联系网关，只写入队列', en: 'contact no gateway, only queue' } },
  { flags: '--operator <code>', about: { zh: '操作员代码', en: 'code of the operator' } },
  { flags: '--station <code>', about: { zh: '工位代码', en: 'code of the station' } },
];
