import { say, type ImportSummary, type Issue, type RowResult, type SheetSummary } from '@huilian/adapters';
import type { Language } from '@huilian/core';

/** One line about an issue: where, what stands there, what it means. */
export function issueText({ place, found, code, message, allowed }: Issue, language: Language): string {
  const { sheet, row, column, header } = place;
  const alone = language === 'en' ? `row ${row ?? ''}` : `第 ${row ?? ''} 行`;
  const cell = column === undefined ? alone : `${column}${row ?? ''}`;
  const where = [sheet, row === undefined ? undefined : cell, header];
  const quoted = found === undefined || found === '' ? undefined : `“${found}”`;
  const start = [...where, quoted].filter((part) => part !== undefined).join(' ');
  const told = `${code} ${start === '' ? '' : `${start}: `}${say(message, language)}`;
  if (allowed === undefined) return told;
  return `${told}${language === 'en' ? ' Allowed: ' : '允许：'}${say(allowed, language)}`;
}

/** What was read and what became of the rows, for a person. */
export function summaryText(file: string, summary: ImportSummary, language: Language): string {
  const { kind, encoding, delimiter, dateSystem, sheets, rows } = summary;
  const read = [kind, encoding, delimiter === '\t' ? 'tab' : delimiter, dateSystem]
    .filter((part) => part !== undefined)
    .join(' ');
  const { accepted, refused, repeated } = rows;
  const counts =
    language === 'en'
      ? `${accepted} accepted, ${refused} refused, ${repeated} repeated`
      : `接受 ${accepted} 行，拒绝 ${refused} 行，重复 ${repeated} 行`;
  return [`${file} (${read})`, ...sheets.map((sheet) => sheetText(sheet, language)), counts].join('\n');
}

function sheetText({ name, headerRow, columns }: SheetSummary, language: Language): string {
  const found = columns.map(({ column, header }) => `${column} ${header}`).join(', ');
  const place = language === 'en' ? `header in row ${headerRow}` : `表头在第 ${headerRow} 行`;
  return `${name === undefined ? '' : `${name}: `}${place}: ${found}`;
}

/** What became of the rows of an import, for a person. */
export function importText(
  { accepted, refused, repeated, waiting }: Readonly<Record<RowResult['status'], number>>,
  language: Language,
): string {
  const counts =
    language === 'en'
      ? `${accepted} recorded, ${refused} refused, ${repeated} repeated, ${waiting} waiting`
      : `已登记 ${accepted} 行，拒绝 ${refused} 行，重复 ${repeated} 行，待登记 ${waiting} 行`;
  return [counts, ...nextSteps(refused, waiting, language)].join('\n');
}

/** What to do about rows that are not on the ledger. */
function nextSteps(refused: number, waiting: number, language: Language): readonly string[] {
  const { mend, wait } =
    language === 'en'
      ? {
          mend: 'mend the refused rows in the file and import it again; --again offers them as they stand',
          wait: 'run the same command again for the rows that wait',
        }
      : {
          mend: '被拒绝的行在文件中改正后重新导入；无须改动的加 --again 重新提交',
          wait: '待登记的行稍后再次运行同一命令',
        };
  return [...(refused > 0 ? [mend] : []), ...(waiting > 0 ? [wait] : [])];
}
