import { rowKey } from '../model/row-keys.js';
import type { ExceptionsFor, ItemRow, OpenHandover } from '../model/rows.js';
import type { ExceptionReason } from '../model/terms.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { takenOut, withoutGoods } from './goods.js';
import { MAX_NESTING } from './item.js';
import { passed } from './passing.js';
import { withoutUndo } from './undo.js';

/** A container as its giver handed it over. */
interface HandedOver {
  readonly id: string;
  readonly container: ItemRow;
  readonly handover: OpenHandover;
}

/** Ids of the containers around a thing, from the nearest to a certain one; undefined when it does not lie in that one. */
function pathTo(draft: Draft, item: string, container: string): string[] | undefined {
  const path: string[] = [];
  for (let at = item; path.length <= MAX_NESTING;) {
    const row = draft.get(rowKey.item(at));
    const outer = row?.fittedInto === undefined ? row?.logistics?.container : undefined;
    if (outer === undefined) return undefined;
    path.push(outer);
    if (outer === container) return path;
    at = outer;
  }
  return undefined;
}

/** Whether all that an acceptance excepts lies in the container, each named once and none within another. */
export function withinContainer(
  draft: Draft,
  container: string,
  exceptions: readonly ExceptionsFor[],
): boolean {
  const named = exceptions.flatMap(({ items }) => items);
  const all = new Set(named);
  return (
    all.size === named.length &&
    named.every((item) => {
      const path = pathTo(draft, item, container);
      return path !== undefined && !path.some((each) => all.has(each));
    })
  );
}

/**
 * What the receiver excepts comes out of the container and stays with the giver. What is missing is on its way still: its own
 * handover to the same receiver stays open, who accepts it when it turns up, or the giver withdraws. Everything else counts as
 * refused.
 *
 * @param exceptions checked by {@link withinContainer}
 */
export function setAside(
  draft: Draft,
  from: HandedOver,
  exceptions: readonly ExceptionsFor[],
  moment: Moment,
): void {
  for (const { reason, items } of exceptions)
    for (const item of items) setOneAside(draft, from, { item, reason }, moment);
}

function setOneAside(
  draft: Draft,
  { id: container, handover }: HandedOver,
  { item, reason }: { readonly item: string; readonly reason: ExceptionReason },
  moment: Moment,
): void {
  const path = pathTo(draft, item, container) ?? [];
  // From the outermost inwards, each as it would come out of the one around it.
  let outer: ItemRow | undefined;
  for (const id of [item, ...path].reverse()) {
    const row = draft.get(rowKey.item(id));
    if (!row) throw new Error('what lies in a container exists');
    outer = outer === undefined ? row : takenOut(row, outer);
  }
  const [nearest = container] = path;
  const holder = draft.get(rowKey.item(nearest));
  if (!outer || !holder) throw new Error('what lies in a container exists');
  const { massGrams: _ofAll, ...open } = handover;
  const exception = { by: handover.to, container, reason };
  const left = { ...outer, logistics: { ...outer.logistics, exception } };
  draft.put(rowKey.item(nearest), withoutUndo(withoutGoods(holder, outer)));
  draft.put(rowKey.item(item), withoutUndo(reason === 'missing' ? onItsWay(left, open, moment) : left));
}

/** What is missing goes on to whom it was sent, and is there already if its receiver has accepted it by itself before. */
function onItsWay(item: ItemRow, handover: OpenHandover, moment: Moment): ItemRow {
  const receipt = item.acceptances?.find(({ by, from }) => by === handover.to && from === item.custodian);
  return receipt === undefined
    ? { ...item, handover }
    : { ...item, ...passed(item, handover, receipt, moment) };
}
