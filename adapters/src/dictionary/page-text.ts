import type { Language } from '@huilian/core';

interface PageText {
  readonly lead: string;
  readonly messages: string;
  readonly message: string;
  readonly events: string;
  readonly aboutEvents: string;
  readonly codeLists: string;
  readonly version: string;
  readonly becomes: string;
  readonly anyOf: string;
  readonly isTable: string;
  readonly noFields: string;
  readonly undescribed: string;
  readonly source: string;
  readonly yes: string;
  readonly no: string;
  readonly fieldColumns: readonly string[];
  readonly eventColumns: readonly string[];
  readonly codeColumns: readonly string[];
}

export const pageText: Readonly<Record<Language, PageText>> = {
  en: {
    lead: `# Data dictionary

[中文](dictionary.zh-CN.md)

What the systems of partners send, what the ledger records, and every list of codes. Version {version}; each message has a version of its
own. The page is made from the declarations that messages, tables and events are checked by; \`npm run docs\` makes it anew. For programs:
[dictionary.json](dictionary/dictionary.json), [JSON Schemas](dictionary/schemas) (2020-12), and \`GET /v1/dictionary\` and \`GET /v1/schemas\`
of each gateway. How a partner connects: [adapters](adapters.md).

A member that a partner sends is known by its name, by its title in either language, and by the names under “also”; width, case and blanks
do not matter. A member with another name is marked in the report of the message and not used.
`,
    messages: 'Messages',
    message: 'message',
    events: 'Events of the ledger',
    aboutEvents:
      'What webhooks, timelines and histories carry in `data`. Grams, seconds since 1970, digests in hexadecimal.',
    codeLists: 'Lists of codes',
    version: 'Version',
    becomes: 'Becomes',
    anyOf: 'At least one of',
    isTable: 'May also come as rows of a CSV or XLSX file, see [tables](tables.md)',
    noFields: 'No data.',
    undescribed: '(not described yet)',
    source: 'Source',
    yes: 'yes',
    no: '',
    fieldColumns: ['name', 'title', 'also', 'required', 'allowed', 'source', 'on the ledger'],
    eventColumns: ['name', 'title', 'required', 'type', 'codes', 'source'],
    codeColumns: ['code', '中文', 'English', 'also read'],
  },
  'zh-CN': {
    lead: `# 数据字典

[English](dictionary.md)

各方系统发送的内容、账本登记的内容，以及全部代码表。版本 {version}；每种消息另有自己的版本。本页由校验消息、表格和事件所用的同一声明生成，
\`npm run docs\` 可重新生成。供程序使用：[dictionary.json](dictionary/dictionary.json)、[JSON Schema](dictionary/schemas)（2020-12），以及各网关的
\`GET /v1/dictionary\` 和 \`GET /v1/schemas\`。接入方法见[适配器](adapters.zh-CN.md)。

发送方的字段可用名称、任一语言的标题或“别名”中的名称；全角半角、大小写和空格不影响识别。其他名称的字段在消息报告中标出，不予使用。
`,
    messages: '消息',
    message: '消息',
    events: '账本事件',
    aboutEvents: '推送、时间线和历史中 `data` 的内容。质量以克计，时间为 1970 年起的秒数，摘要为十六进制。',
    codeLists: '代码表',
    version: '版本',
    becomes: '登记为',
    anyOf: '至少一项',
    isTable: '也可作为 CSV 或 XLSX 表格的行发送，见[表格](tables.zh-CN.md)',
    noFields: '没有内容。',
    undescribed: '（尚未说明）',
    source: '来源',
    yes: '是',
    no: '',
    fieldColumns: ['名称', '标题', '别名', '必填', '允许', '来源', '账本中的位置'],
    eventColumns: ['名称', '标题', '必填', '类型', '代码', '来源'],
    codeColumns: ['代码', '中文', 'English', '也可写作'],
  },
};
