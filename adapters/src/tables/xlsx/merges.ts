import type { Merge } from '../cell.js';
import type { Archive } from './archive.js';
import { parseRange } from './reference.js';
import { readXml } from './xml.js';

const NAME = Buffer.from('mergeCell');

/**
 * The merged cells of a sheet. They stand behind the rows and have to be known before them, so the part is read twice; most sheets
 * have none, which the bytes tell much faster than a parser.
 */
export async function readMerges(archive: Archive, part: string): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  if (!(await mentionsMerges(archive, part))) return merges;
  await readXml(archive, part, {
    open: (name, { ref }) => {
      if (name === 'mergeCell' && ref !== undefined) merges.push(parseRange(ref));
    },
  });
  return merges.filter(({ rows, columns }) => rows[0] !== rows[1] || columns[0] !== columns[1]);
}

async function mentionsMerges(archive: Archive, part: string): Promise<boolean> {
  let end: Buffer = Buffer.alloc(0);
  let found = false;
  for await (const chunk of archive.chunks(part)) {
    found ||= Buffer.concat([end, chunk.subarray(0, NAME.length)]).includes(NAME) || chunk.includes(NAME);
    end = chunk.subarray(-NAME.length);
  }
  return found;
}
