import { catalogue, type ErrorCode } from '../messages/catalogue.js';
import type { Language } from '../messages/error.js';

/** Ranges of the codes by their first digit. */
const RANGES: readonly (readonly [digit: string, zh: string, en: string])[] = [
  ['1', '字节与格式', 'Bytes and formats'],
  ['2', '物品规则', 'Rules of items'],
  ['3', '密钥、通道、接收与管理', 'Keys, lanes, admission and administration'],
  ['4', 'HTTP 与授权', 'HTTP and authorisation'],
  ['5', '网络与存储', 'Network and stores'],
  ['6', '验证', 'Verification'],
  ['7', '扫描终端', 'Scanner'],
  ['8', '安装与运行', 'Set-up'],
  ['9', '其他系统发来的表格', 'Tables that other systems send'],
];

const TEXT: Readonly<
  Record<Language, Readonly<Record<'title' | 'lead' | 'name' | 'http' | 'exit' | 'next', string>>>
> = {
  en: {
    title: 'Error codes',
    lead: 'Every error has a code that never changes its meaning. The code says what happened; the text says what to do next. Codes HL-2 and HL-3 also stand on the ledger, as verdicts of refused events. The page is made from the list in `core/src/messages`; `npm run docs` makes it anew.',
    name: 'Name',
    http: 'HTTP status',
    exit: 'exit code',
    next: 'What to do',
  },
  'zh-CN': {
    title: '错误代码',
    lead: '每个错误都有一个含义不变的代码：代码说明发生了什么，文字说明下一步怎么做。HL-2 和 HL-3 的代码也作为被拒绝事件的结论记录在账本上。本页由 `core/src/messages` 中的清单生成；`npm run docs` 可重新生成。',
    name: '名称',
    http: 'HTTP 状态',
    exit: '退出码',
    next: '处理办法',
  },
};

/** All codes in order. */
export function errorCodes(): ErrorCode[] {
  return (Object.keys(catalogue) as ErrorCode[]).sort();
}

/** The page docs/errors.md, or docs/errors.zh-CN.md. Each code is a heading, so that it has an address of its own. */
export function errorsPage(language: Language): string {
  const text = TEXT[language];
  const other = language === 'en' ? '[中文](errors.zh-CN.md)' : '[English](errors.md)';
  const sections = RANGES.map(([digit, zh, en]) => {
    const codes = errorCodes().filter((code) => code.startsWith(`HL-${digit}`));
    return `## HL-${digit}: ${language === 'en' ? en : zh}\n\n${codes.map((code) => entry(code, language)).join('\n')}`;
  });
  return `# ${text.title}\n\n${other}\n\n${text.lead}\n\n${sections.join('\n')}`;
}

function entry(code: ErrorCode, language: Language): string {
  const { name, http, exit, zh, en } = catalogue[code];
  const { what, next } = language === 'en' ? en : zh;
  const text = TEXT[language];
  const colon = language === 'en' ? ': ' : '：';
  return `### ${code}

${what}

${text.next}${colon}${next}

${text.name}${colon}\`${name}\` · ${text.http}${colon}${http} · ${text.exit}${colon}${exit}
`;
}
