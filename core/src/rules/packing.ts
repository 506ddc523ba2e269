import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { ItemKind } from '../model/terms.js';
import { codeLackOf } from './coding.js';
import type { Draft } from './draft.js';
import { takenOut, withGoods, withoutGoods } from './goods.js';
import { advance, checkStep, latest, retireTags, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import { requireNoManifestDue } from './hazardous.js';
import { isGone, stepOf } from './lifecycle/index.js';
import { withoutUndo } from './undo.js';
import { require } from './refusal.js';

/**
 * What is packed. A vehicle or a traction battery goes by itself: whether it is held and who may have it are told by its own row, at each
 * change of hands. Who lets another kind in says in `ways.ts` what bounds it.
 */
const PACKABLE: readonly ItemKind[] = ['part', 'device', 'lot', 'container'];

/**
 * Things go into a container that the same party holds. From then on they are where it is: it changes hands, they do not. Its
 * row bears what bounds their ways, see `goods.ts`.
 */
export const pack: ItemRule<'pack'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  let container = item;
  for (const id of event.data.items) {
    require(id !== event.item, 'HL-2061');
    const thing = draft.get(rowKey.item(id));
    require(thing, 'HL-2001');
    requirePackable(draft, thing, creditCode, moment.time);
    container = withGoods(container, thing, codeLackOf(draft, thing));
    const { exception: _over, ...own } = thing.logistics ?? {};
    const moves = container.logistics?.goods?.moves ?? 0;
    const joined = moves === 0 ? {} : { joined: moves };
    const logistics = { ...own, container: event.item, ...joined };
    draft.put(rowKey.item(id), withoutUndo({ ...thing, logistics }));
  }
  advance(draft, event.item, container, undefined, moment, {});
};

/** @throws Refusal HL-2010, HL-2011, HL-2020, HL-2021, HL-2100, HL-2115, HL-2149, HL-2176, HL-2177 */
function requirePackable(draft: Draft, thing: ItemRow, creditCode: string, time: number): void {
  require(PACKABLE.includes(thing.kind), 'HL-2177');
  require(!isGone(thing), 'HL-2011');
  require(thing.logistics?.container === undefined, 'HL-2176');
  require(thing.hold === undefined, 'HL-2100');
  require(stepOf('handover', thing.kind)?.from.includes(thing.state), 'HL-2010');
  require(thing.custodian === creditCode, 'HL-2020');
  require(thing.handover === undefined, 'HL-2021');
  requireFreeOrigin(draft, thing);
  requireNoManifestDue(draft, thing, time);
}

/** Things come out again, into the hands of who holds the container. @throws Refusal HL-2180, HL-2115 */
export const unpack: ItemRule<'unpack'> = (draft, event, moment) => {
  const { item } = checkStep(draft, event, moment);
  let container = item;
  for (const id of event.data.items) {
    const thing = draft.get(rowKey.item(id));
    require(thing, 'HL-2001');
    require(thing.logistics?.container === event.item, 'HL-2180');
    requireFreeOrigin(draft, thing);
    draft.put(rowKey.item(id), withoutUndo(takenOut(thing, container)));
    container = withoutGoods(container, thing);
  }
  advance(draft, event.item, container, undefined, moment, {});
};

/** A container is no longer used. @throws Refusal HL-2182 while things are in it */
export const retireContainer: ItemRule<'retireContainer'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  require(item.logistics?.goods === undefined, 'HL-2182');
  retireTags(draft, event.item, item);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};
