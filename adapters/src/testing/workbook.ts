import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A sheet as what stands in its `<worksheet>`. */
export interface SheetXml {
  readonly name: string;
  readonly hidden?: true;
  readonly xml: string;
}

export interface WorkbookParts {
  readonly date1904?: true;
  readonly sharedStrings?: string;
  readonly styles?: string;
  /** Parts that stand beside the others, or instead of them; undefined leaves one out. */
  readonly parts?: Readonly<Record<string, string | Buffer | undefined>>;
}

/** A workbook part by part, so that a test can put into it what no program would write. */
export async function workbook(sheets: readonly SheetXml[], given: WorkbookParts = {}): Promise<Buffer> {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const listed = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden ? ' state="hidden"' : ''}/>`,
  );
  const related = sheets.map((_, at) =>
    relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`),
  );
  const parts: Record<string, string | Buffer | undefined> = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${given.date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${related.join('')}${relation('s', 'sharedStrings', 'sharedStrings.xml')}${relation('t', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${given.sharedStrings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${given.styles ?? ''}</styleSheet>`,
  };
  sheets.forEach(({ xml }, at) => {
    parts[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet xmlns="${MAIN}">${xml}</worksheet>`;
  });
  return zipped({ ...parts, ...given.parts });
}

/** A ZIP file of these parts. */
export function zipped(parts: Readonly<Record<string, string | Buffer | undefined>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts))
    if (content !== undefined) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** Cells of one row: texts and numbers, or the whole `<c>` with its reference left out. */
export type CellXml = string | number | undefined | { readonly xml: string };

/** The `<sheetData>` of rows from the first on; texts stand inline. */
export function sheetData(rows: readonly (readonly CellXml[])[]): string {
  return `<sheetData>${rows.map((cells, at) => rowXml(at + 1, cells)).join('')}</sheetData>`;
}

/** One `<row>`; further attributes of it are given as they stand in XML. */
export function rowXml(row: number, cells: readonly CellXml[], attributes = ''): string {
  return `<row r="${row}" ${attributes}>${cells.map((cell, at) => cellXml(cell, row, at)).join('')}</row>`;
}

function cellXml(cell: CellXml, row: number, at: number): string {
  const place = `r="${String.fromCharCode(65 + at)}${row}"`;
  if (cell === undefined) return '';
  if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
  if (typeof cell === 'object') return cell.xml.replace('<c', `<c ${place}`);
  const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<c ${place} t="inlineStr"><is><t>${text}</t></is></c>`;
}
