import type { Language } from '@huilian/core';
import { allowedBy } from '../fields/allowed.js';
import { say } from '../fields/phrase.js';
import { hasSalts } from '../inbox/salts.js';
import { titleOf, type Column, type TableFormat } from './format.js';
import { formats } from './index.js';
import { pageText } from './page-text.js';

/** The page docs/tables.md, or docs/tables.zh-CN.md: how tables are read, and every declared format with its columns. */
export function tablesPage(language: Language): string {
  const sections = Object.values(formats).map((format) => section(format, language));
  return `${pageText[language].lead}\n${sections.join('\n')}`;
}

function section(format: TableFormat, language: Language): string {
  const text = pageText[language];
  const list = (words: readonly string[]): string => words.join(language === 'en' ? ', ' : '、');
  const titles = (names: readonly string[]): string =>
    list(
      names.map((name) => {
        const column = format.columns.find((each) => each.name === name);
        return column ? say(titleOf(column), language) : name;
      }),
    );
  const joined =
    format.rowsJoin === undefined
      ? ''
      : `${text.joined.replace('{columns}', titles(format.rowsJoin)).replace('{most}', String(format.list?.most))}.\n`;
  const rows = format.columns.map((column) => `| ${cells(column, language).join(' | ')} |`);
  return `## ${say(format.title, language)}: \`${format.name}\`

${text.version} ${format.version}. ${text.source}: ${say(format.source, language)}. ${text.key}: ${titles(format.key)}.
${joined}${text.leftOut}: ${list(format.leftOut)}.

| ${text.columns.join(' | ')} |
| ${text.columns.map(() => '---').join(' | ')} |
${rows.join('\n')}
`;
}

function cells(column: Column, language: Language): string[] {
  const { name, headers, field, source } = column;
  const text = pageText[language];
  return [
    `\`${name}\``,
    headers.zh.join('、'),
    headers.en.join(', '),
    say(allowedBy(field), language),
    hasSalts({ columns: [column] }) ? text.made : whetherRequired(column, text),
    say(source, language),
  ].map((cell) => cell.replaceAll('|', '\\|'));
}

function whetherRequired(
  { required, saidOnce }: Column,
  { once, yes, no }: Readonly<Record<'once' | 'yes' | 'no', string>>,
): string {
  if (!required) return no;
  return saidOnce === true ? once : yes;
}
