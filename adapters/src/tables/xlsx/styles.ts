import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/** Formats that are built in and show a date or a time, those of Chinese and Japanese Excel too (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** True when a format such as `yyyy"年"m"月"d"日"` shows a date or a time. */
export function showsDate(format: string): boolean {
  const bare = format
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(bare) && !/^general$/i.test(bare.trim());
}

/** How a cell shows a number. */
export interface CellStyle {
  readonly isDate: boolean;
  /** Whole digits that are shown at least, of a format such as `00000`. */
  readonly digits?: number;
}

/** Digits that a format of nothing but zeros shows, with zeros before the number. */
function digitsOf(format: string | undefined): number | undefined {
  return format !== undefined && /^0{2,30}$/.test(format) ? format.length : undefined;
}

/** The styles that cells name by their numbers. */
export async function readStyles(archive: Archive, part: string): Promise<readonly CellStyle[]> {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let inCellStyles = false;
  await readXml(archive, part, {
    open: (name, { numFmtId, formatCode }) => {
      const id = Number(numFmtId ?? 0);
      if (name === 'numFmt') formats.set(id, formatCode ?? '');
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) styles.push(id);
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles.map((id) => {
    const format = formats.get(id);
    const digits = digitsOf(format);
    const isDate = format === undefined ? isBuiltInDate(id) : showsDate(format);
    return digits === undefined ? { isDate } : { isDate, digits };
  });
}
