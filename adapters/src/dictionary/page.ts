import type { Language } from '@huilian/core';
import { say } from '../fields/phrase.js';
import { SYSTEMS, systems } from '../messages/system.js';
import { dictionary, type FieldEntry, type MessageEntry } from './dictionary.js';
import { pageText } from './page-text.js';
import type { CodeList } from './code-lists.js';
import type { EventEntry } from './ledger-events.js';

/** The page docs/dictionary.md, or docs/dictionary.zh-CN.md. */
export function dictionaryPage(language: Language): string {
  const text = pageText[language];
  const { version, messages, events, codeLists } = dictionary();
  return `${text.lead.replace('{version}', String(version))}
## ${text.messages}

${systemsTable(messages, language)}
${messages.map((message) => messageSection(message, language)).join('\n')}
## ${text.events}

${text.aboutEvents}

${events.map((event) => eventSection(event, language)).join('\n')}
## ${text.codeLists}

${codeLists.map((list) => codeListSection(list, language)).join('\n')}`;
}

function systemsTable(messages: readonly MessageEntry[], language: Language): string {
  const rows = messages.map(({ name, title, systems: senders }) => [
    `[${say(title, language)}](#${name.toLowerCase()}) \`${name}\``,
    ...SYSTEMS.map((system) => (senders.includes(system) ? '✓' : '')),
  ]);
  return table(
    [pageText[language].message, ...SYSTEMS.map((each) => say(systems[each].title, language))],
    rows,
  );
}

function messageSection(message: MessageEntry, language: Language): string {
  const text = pageText[language];
  const { name, version, title, events, isTable, anyOf, fields } = message;
  const facts = [
    `${text.version} ${version}`,
    `${text.becomes}: ${events.map((event) => `\`${event}\``).join(', ')}`,
    ...(anyOf ? [`${text.anyOf}: ${anyOf.map((each) => `\`${each}\``).join(', ')}`] : []),
    ...(isTable ? [text.isTable] : []),
  ];
  return `### ${name}

${say(title, language)}. ${facts.join('. ')}.

${table(
  text.fieldColumns,
  fields.map((field) => fieldRow(field, language)),
)}`;
}

function fieldRow(field: FieldEntry, language: Language): string[] {
  const { yes, no } = pageText[language];
  const { name, title, also, required, allowed, source, mapsTo } = field;
  return [
    `\`${name}\``,
    say(title, language),
    also.join(language === 'en' ? ', ' : '、'),
    required ? yes : no,
    say(allowed, language),
    say(source, language),
    mapsTo.map((target) => `\`${target}\``).join(' '),
  ];
}

function eventSection({ type, title, fields }: EventEntry, language: Language): string {
  const text = pageText[language];
  const heading = `### \`${type}\`${title ? ` ${say(title, language)}` : ''}\n`;
  if (fields.length === 0) return `${heading}\n${text.noFields}\n`;
  const rows = fields.map(({ name, title: words, source, required, type: kind, codes }) => [
    `\`${name}\``,
    words ? say(words, language) : text.undescribed,
    required ? text.yes : text.no,
    kind,
    (codes ?? []).map((code) => `\`${code}\``).join(' '),
    source ? say(source, language) : '',
  ]);
  return `${heading}\n${table(text.eventColumns, rows)}`;
}

function codeListSection({ name, title, source, codes }: CodeList, language: Language): string {
  const rows = codes.map(({ code, title: words, also = [] }) => [
    `\`${code}\``,
    words.zh,
    words.en,
    also.join(', '),
  ]);
  return `### \`${name}\` ${say(title, language)}

${pageText[language].source}: ${say(source, language)}

${table(pageText[language].codeColumns, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
