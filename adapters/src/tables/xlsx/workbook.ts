import { HuilianError } from '@huilian/core';
import type { DateSystem } from '../cell.js';
import type { Archive } from './archive.js';
import { relationshipsOf } from './relationships.js';
import { isTrue, readXml } from './xml.js';

/** What the workbook says of its sheets, and where the parts lie. */
export interface Workbook {
  readonly dateSystem: DateSystem;
  /** Sheets of cells in the order of their tabs; sheets of charts are left out. */
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[];
  readonly sharedStrings?: string;
  readonly styles?: string;
}

/** @throws HuilianError HL-9001 a ZIP file that is no workbook or one in the binary form; HL-9003 damaged */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const part = (await relationshipsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.part;
  if (part === undefined) throw new HuilianError('HL-9001', { kind: 'zip' });
  if (part.toLowerCase().endsWith('.bin')) throw new HuilianError('HL-9001', { kind: 'xlsb' });
  const roots: string[] = [];
  let dateSystem: DateSystem = '1900';
  const named: { name: string; hidden: boolean; id: string }[] = [];
  await readXml(archive, part, {
    open: (element, attributes) => {
      if (element === 'workbook') roots.push(element);
      if (element === 'workbookPr' && isTrue(attributes['date1904'])) dateSystem = '1904';
      if (element !== 'sheet') return;
      const [, id = ''] = Object.entries(attributes).find(([name]) => name.endsWith(':id')) ?? [];
      named.push({
        name: attributes['name'] ?? '',
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
        id,
      });
    },
  });
  if (roots.length !== 1) throw new HuilianError('HL-9001', { kind: 'zip' });
  const related = await relationshipsOf(archive, part);
  const partOf = (type: string): string | undefined => related.find((each) => each.type === type)?.part;
  const sheets = named.flatMap(({ name, hidden, id }) => {
    const target = related.find((each) => each.id === id);
    if (!target) throw new HuilianError('HL-9003', { part, sheet: name });
    return target.type === 'worksheet' ? [{ name, hidden, part: target.part }] : [];
  });
  const [sharedStrings, styles] = [partOf('sharedStrings'), partOf('styles')];
  return {
    dateSystem,
    sheets,
    ...(sharedStrings === undefined ? {} : { sharedStrings }),
    ...(styles === undefined ? {} : { styles }),
  };
}
