import { rowKey } from '../model/row-keys.js';
import { LIST_OF_VERSIONS, type TableName } from '../rules/in-force.js';
import type { Tag } from '../tags/tag.js';

export function participants(...codes: readonly (string | undefined)[]): string[] {
  return codes.flatMap((creditCode) => (creditCode === undefined ? [] : [rowKey.participant(creditCode)]));
}

export function table({ name, province }: TableName, version: number | undefined): string[] {
  return version === undefined ? [] : [rowKey.rule(name, province, version)];
}

/** A table that an event names: the version, and the list that says which one is in force. */
export function keysOfNamedTable(of: TableName, version: number | undefined): string[] {
  const versions = table(of, version);
  return version === undefined ? versions : [...versions, ...table(of, LIST_OF_VERSIONS)];
}

export function packTags(packs: readonly string[] = []): Tag[] {
  return packs.map((value) => ({ scheme: 'battery', value }));
}
