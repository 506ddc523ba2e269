import { HuilianError, tagOf, rowKey, type TagRow } from '@huilian/core';
import { usage, type Context } from '../context.js';
import { gatewaysOf, isAway, keyOf } from '../session.js';
import { KnownRows, NotKnown } from './known-rows.js';
import { photographed } from '../readers/lazy.js';

/**
 * The id of the item that a person means: an id, the text of a tag (`VIN:…`, a Digital Link, `serial:…`), or `@FILE`, a photograph
 * of its label.
 *
 * @throws HuilianError HL-1030 to HL-1048 for the text, HL-7001 to HL-7006 for the photograph, HL-7033 no item, HL-7034 several and the
 *   first is gone, HL-7035 when no gateway can tell and the device does not know; HL-3xxx, HL-4xxx when a gateway refuses
 */
export async function findItem(context: Context, text: string): Promise<string> {
  if (text.startsWith('@')) return findPhotographed(context, text.slice(1));
  const scanned = tagOf(text);
  if (scanned.scheme === 'item') return scanned.value;
  const known = new KnownRows(context, gatewaysOf(context, await keyOf(context)));
  let row: TagRow | undefined;
  try {
    row = (await known.row(rowKey.tag(scanned))) as TagRow | undefined;
  } catch (cause) {
    if (!(cause instanceof NotKnown)) throw cause;
    throw notKnownNow(text, cause);
  }
  if (!row) throw new HuilianError('HL-7033', { tag: text.slice(0, 80) });
  return boundItem(context, row);
}

/**
 * The item that the ledger bound to a tag. Whoever registers the tag again becomes a contender, and must not take the name
 * away from the holder of the first. Where the first is gone, nobody can say who is meant.
 */
function boundItem({ output }: Context, { item, contenders = [], retired }: TagRow): string {
  if (contenders.length === 0) return item;
  const others = contenders.join(', ');
  if (retired === true) throw new HuilianError('HL-7034', { items: `${item}, ${others}` });
  output.warn({
    zh: `该标签有争议：${others} 也声明了它。这里指账本最先绑定的 ${item}；如指另一件，请使用物品编号。`,
    en: `The tag is contested: it is claimed for ${others} as well. Meant is ${item}, to which the ledger bound it first; use the id of the item to mean another.`,
  });
  return item;
}

/** A gateway that is away says nothing about a tag: who took that for a no would register the item twice. */
function notKnownNow(text: string, missing: NotKnown): HuilianError {
  const { cause } = missing;
  if (!(cause instanceof HuilianError)) return new HuilianError('HL-7035', { tag: text.slice(0, 80) });
  if (!isAway(cause)) return cause;
  return new HuilianError('HL-7035', { tag: text.slice(0, 80), reason: cause.code }, { cause });
}

async function findPhotographed(context: Context, file: string): Promise<string> {
  const codes = await photographed(file);
  let fault: unknown;
  for (const { text } of codes) {
    try {
      return await findItem(context, text);
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault;
}

/** The ids of several items, in order. */
export async function findItems(context: Context, items: readonly string[]): Promise<readonly string[]> {
  if (items.length === 0) throw usage('items', 'at least one');
  const found: string[] = [];
  for (const item of items) found.push(await findItem(context, item));
  return found;
}
