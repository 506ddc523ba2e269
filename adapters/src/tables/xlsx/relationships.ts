import { posix } from 'node:path';
import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/** A part that another part names (ECMA-376 part 2, 6.5). */
export interface Relationship {
  readonly id: string;
  /** The last word of its type, such as `worksheet`: strict and transitional files differ in what stands before. */
  readonly type: string;
  /** Name of the part that is meant. */
  readonly part: string;
}

/** The parts that a part names; those of the package itself for ''. None when nothing is said of them. */
export async function relationshipsOf(archive: Archive, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  if (!archive.has(file)) return found;
  await readXml(archive, file, {
    open: (name, { Id, Type, Target, TargetMode }) => {
      if (name !== 'Relationship' || Id === undefined || Target === undefined || TargetMode === 'External')
        return;
      const absolute = posix.resolve('/', folder, Target);
      found.push({ id: Id, type: Type?.split('/').at(-1) ?? '', part: absolute.slice(1) });
    },
  });
  return found;
}
