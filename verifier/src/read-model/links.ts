import { canonicalText, rowKey, type ItemRow } from '@huilian/core';
import type { ExpectedRows, HeldRow } from '../compare-rows.js';
import type { Verification } from '../ledger-verifier.js';
import { rowIn } from './row-in.js';
import type { Document } from './source.js';

const items = rowKey.item('');

/**
 * For each item that has some, by the item's key: what it came out of or was made of, what it is in, and the lot with which it
 * went into a step.
 */
export function itemLinks(verifier: Verification): ExpectedRows {
  const text = (key: string): string | undefined => {
    const row = key.startsWith(items) ? rowIn<ItemRow>(verifier, key) : undefined;
    const { parent, core, fittedInto, lot, logistics } = row ?? {};
    const found = relatives({
      dismantledFrom: parent,
      remanufacturedFrom: core,
      fittedInto,
      packedInto: logistics?.container,
      joinedTo: lot?.joined,
    });
    return Object.keys(found).length === 0 ? undefined : canonicalText(found);
  };
  return {
    text,
    *keys() {
      for (const key of verifier.state.keys()) if (text(key) !== undefined) yield key;
    },
  };
}

/**
 * The links that somebody holds, put together by child as {@link itemLinks} expects them. A link that ended says nothing of
 * what holds now; it is not compared.
 *
 * @param links by child
 * @param seen called for each link
 */
export async function* heldLinks(
  links: AsyncIterable<Document> | Iterable<Document>,
  seen: () => void,
): AsyncGenerator<HeldRow, void, void> {
  let child: string | undefined;
  let found: ReturnType<typeof relatives> = {};
  for await (const link of links) {
    seen();
    const [of = '', relation = '', parent = ''] = String(link['id']).split('/');
    if (of !== child) {
      if (child !== undefined && Object.keys(found).length > 0) yield { key: items + child, row: found };
      child = of;
      found = {};
    }
    const name = isWellFormed(link, of, relation, parent) ? relation : 'malformed';
    if (name === 'malformed' || link['current'] === true) found[name] = [...(found[name] ?? []), parent];
  }
  if (child !== undefined && Object.keys(found).length > 0) yield { key: items + child, row: found };
}

/** Its members say what its key says, it ended or not, and what came out of something came out of it for ever. */
function isWellFormed(link: Document, child: string, relation: string, parent: string): boolean {
  const { current, until } = link as { current?: unknown; until?: unknown };
  const isFor = link['child'] === child && link['relation'] === relation && link['parent'] === parent;
  const isWhole = (current === true && until === undefined) || (current === false && until !== undefined);
  const isOrigin = ['dismantledFrom', 'remanufacturedFrom', 'joinedTo'].includes(relation);
  const isKnown = relation === 'fittedInto' || relation === 'packedInto' || (isOrigin && until === undefined);
  return isFor && isWhole && isKnown;
}

/** Lists, so that a second parent shows. */
function relatives(one: Readonly<Record<string, string | undefined>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(one).flatMap(([name, parent]) => (parent === undefined ? [] : [[name, [parent]]])),
  );
}
