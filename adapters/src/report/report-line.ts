import type { Language } from '@huilian/core';
import { say, type Phrase } from '../fields/phrase.js';
import { shownText } from '../fields/text.js';
import type { RowResult } from '../formats/import-table.js';
import type { Issue } from '../formats/issue.js';

const TITLES: readonly Phrase[] = [
  { zh: '工作表', en: 'sheet' },
  { zh: '行', en: 'row' },
  { zh: '结果', en: 'result' },
  { zh: '列', en: 'column' },
  { zh: '表头', en: 'header' },
  { zh: '内容', en: 'found' },
  { zh: '代码', en: 'code' },
  { zh: '说明', en: 'what it means' },
  { zh: '允许', en: 'allowed' },
  { zh: '消息编号', en: 'message' },
];

const STATUS: Readonly<Record<RowResult['status'], Phrase>> = {
  accepted: { zh: '接受', en: 'accepted' },
  refused: { zh: '拒绝', en: 'refused' },
  repeated: { zh: '重复', en: 'repeated' },
  waiting: { zh: '待登记', en: 'waiting' },
};

/** A line of a report that a person opens: texts, and the row as a number. */
export type ReportLine = readonly (string | number)[];

/** The header of a report. */
export function reportTitles(language: Language): readonly string[] {
  return TITLES.map((title) => say(title, language));
}

/** What is said of a row: one line for each issue, one for a row without any. What does not show is spelled out. */
export function reportLines(result: RowResult, language: Language): ReportLine[] {
  const { issues, place, status, message = '' } = result;
  const start = [shownText(place.sheet ?? ''), place.row ?? '', say(STATUS[status], language)];
  if (issues.length === 0) return [[...start, '', '', '', '', '', '', message]];
  return issues.map((each) => [...start, ...cells(each, language), message]);
}

function cells({ place, found, code, message, allowed }: Issue, language: Language): string[] {
  return [
    place.column ?? '',
    place.header ?? '',
    found ?? '',
    code,
    shownText(say(message, language)),
    allowed ? say(allowed, language) : '',
  ];
}
