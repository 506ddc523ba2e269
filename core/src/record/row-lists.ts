import { rowKey } from '../model/row-keys.js';
import type { Tag } from '../tags/tag.js';

export function participants(...codes: readonly (string | undefined)[]): string[] {
  return codes.flatMap((creditCode) => (creditCode === undefined ? [] : [rowKey.participant(creditCode)]));
}

export function table(
  { name, province }: { readonly name: string; readonly province: string },
  version: number | undefined,
): string[] {
  return version === undefined ? [] : [rowKey.rule(name, province, version)];
}

export function packTags(packs: readonly string[] = []): Tag[] {
  return packs.map((value) => ({ scheme: 'battery', value }));
}
