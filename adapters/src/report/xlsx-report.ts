import { PassThrough, Readable } from 'node:stream';
import type { Language } from '@huilian/core';
import { ZipFile } from 'yazl';
import type { Report } from './report-writer.js';
import { reportLines, reportTitles, type ReportLine } from './report-line.js';
import { stopped, written } from './written.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The parts of a workbook of one sheet without styles (ECMA-376 part 1, 18; part 2, 6 and 7); the sheet itself is streamed. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="report" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};
const WIDTHS = [12, 8, 10, 6, 18, 30, 10, 60, 60, 50];

/** A report as a workbook of one sheet. All texts are texts in the file, so none of them can become a formula. */
export function xlsxReport(language: Language): Report {
  const sheet = new PassThrough();
  const zip = new ZipFile();
  for (const [name, xml] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(xml), name);
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  let row = 0;
  const put = (line: ReportLine): Promise<void> => written(sheet, rowXml((row += 1), line));
  const columns = WIDTHS.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  sheet.write(`${HEAD}<worksheet xmlns="${MAIN}">${frozen}<cols>${columns.join('')}</cols><sheetData>`);
  sheet.write(rowXml((row += 1), reportTitles(language)));
  return {
    content: Readable.from(zip.outputStream),
    add: async (result) => {
      for (const line of reportLines(result, language)) await put(line);
    },
    end: () => {
      sheet.end('</sheetData></worksheet>');
    },
    stop: (reason) => {
      stopped(sheet, reason);
    },
  };
}

function rowXml(row: number, line: ReportLine): string {
  const cells = line.map((value) =>
    typeof value === 'number'
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`,
  );
  return `<row r="${row}">${cells.join('')}</row>`;
}

/** What XML cannot hold was spelled out before, see `shownText`. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
