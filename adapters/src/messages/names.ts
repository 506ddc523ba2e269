import { HuilianError } from '@huilian/core';
import type { Column } from '../formats/format.js';
import { aliasesOf, plainName } from '../formats/header.js';

/** Members of an object of a message under the names of the dictionary, and those that it does not know. */
export interface Named {
  readonly values: Readonly<Record<string, unknown>>;
  /** As the sender calls them. */
  readonly unknown: readonly string[];
}

/**
 * Finds members by the names that partners use for them. What has no known name is never guessed.
 *
 * @param pointer where the object stands, for the error
 * @throws HuilianError HL-9211 when two members mean the same
 */
export function renamed(
  object: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  kept: readonly string[],
  pointer: string,
): Named {
  const aliases = aliasesOf({ columns });
  const values: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    const known = kept.includes(name) ? name : aliases.get(plainName(name))?.name;
    if (known === undefined) unknown.push(name);
    else if (Object.hasOwn(values, known))
      throw new HuilianError('HL-9211', { field: `${pointer}/${known}`, name: name.slice(0, 60) });
    else values[known] = value;
  }
  return { values, unknown };
}
