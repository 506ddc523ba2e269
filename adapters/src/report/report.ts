import type { Language } from '@huilian/core';
import { csvReport } from './csv-report.js';
import { jsonReport } from './json-report.js';
import type { Report } from './report-writer.js';
import { xlsxReport } from './xlsx-report.js';

export const REPORT_KINDS = ['csv', 'xlsx', 'json'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Begins a report: CSV and XLSX in one language for a person, JSON in both for a program. */
export function beginReport(kind: ReportKind, language: Language): Report {
  switch (kind) {
    case 'csv':
      return csvReport(language);
    case 'xlsx':
      return xlsxReport(language);
    case 'json':
      return jsonReport();
  }
}
