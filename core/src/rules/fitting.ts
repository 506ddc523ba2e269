import { factsWith } from '../model/facts/insurance.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { ItemKind, ItemState } from '../model/terms.js';
import { takenFrom } from './dismantling.js';
import {
  advance,
  checkStep,
  hostsOf,
  MAX_NESTING,
  outermost,
  requireUnpacked,
  type ItemRule,
} from './item.js';
import { originOf, requireFreeOrigin } from './origins.js';
import { checkNesting } from './battery-ways.js';
import type { Draft } from './draft.js';
import { isAtDismantler, isCertified, isDrained, isGone, isTakenApart } from './lifecycle/index.js';
import { packRemoved } from './packs.js';
import { withoutUndo } from './undo.js';
import { require } from './refusal.js';
import { dropRegistrationChange, openRegistrationChange } from './registration-change.js';
import { fitUnderLine, freeLine } from './repairs.js';
import { isAssembly, isToBeScrapped } from './ways.js';

/** Out of what ended so nothing comes any more. */
const DESTROYED: readonly ItemState[] = ['disposed', 'shredded', 'recycled', 'repurposed'];

/** What something is fitted into. */
const HOSTS: readonly ItemKind[] = ['vehicle', 'part', 'device', 'battery'];

/**
 * A part that was found fit goes into another item. From then on it is where that item is. A used part that is not marked as
 * reused goes back only into what it came out of.
 */
export const fit: ItemRule<'fit'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { into } = event.data;
  require(into !== event.item, 'HL-2061');
  const host = draft.get(rowKey.item(into));
  require(host, 'HL-2001');
  require(HOSTS.includes(host.kind), 'HL-2062');
  requireUnpacked(draft, host);
  // In another part it would change hands without being asked for.
  require(host.kind === 'vehicle' || !isAssembly(item.category), 'HL-2282');
  checkNesting(item, host);
  const around = [host, ...hostsOf(draft, host)];
  require(around.length <= MAX_NESTING, 'HL-2063');
  require(around.every(({ fittedInto }) => fittedInto !== event.item), 'HL-2061');
  require(!around.some((each) => isGone(each) || isTakenApart(each)), 'HL-2062');
  require(around.every(({ hold }) => hold === undefined), 'HL-2100');
  const origin = originOf(item);
  const back = origin === into || (origin !== undefined && around.some((each) => each.fittedInto === origin));
  // Whatever class an assembly of a scrapped vehicle was registered in.
  const isScrapped = item.fromScrapped === true;
  require((item.class !== 'usedPart' && !isScrapped) || back, isScrapped ? 'HL-2108' : 'HL-2116');
  require(item.class !== 'core', 'HL-2113');
  requireFreeOrigin(draft, item);
  const outer = outermost(draft, host);
  require(outer.custodian === creditCode, 'HL-2020');
  require(outer.handover === undefined, 'HL-2021');
  const vehicleId = outermostId(draft, into);
  const isOwn = back || origin === vehicleId;
  const repair = fitUnderLine(draft, { event, item, vehicle: outer, vehicleId, isOwn }, moment);
  const part = { id: event.item, category: item.category };
  if (!isOwn || item.insurance?.unregistered === true)
    openRegistrationChange(draft, vehicleId, outer, part, moment);
  const insurance = factsWith(item.insurance, { repair, unregistered: undefined });
  advance(draft, event.item, item, step, moment, { acceptances: undefined, fittedInto: into, insurance });
};

/**
 * What a fitted part is to the vehicle around it ends: its line is free, no registration is to be changed for it.
 *
 * @returns whether a change was due
 */
export function leaveVehicle(draft: Draft, id: string, item: ItemRow, host: string): boolean {
  freeLine(draft, id, item);
  return dropRegistrationChange(draft, outermostId(draft, host), id);
}

/** The id of the outermost thing around an item, or its own. The rows on the way were read for {@link hostsOf}. */
function outermostId(draft: Draft, id: string): string {
  let outer = id;
  let item: ItemRow | undefined = draft.get(rowKey.item(id));
  while (item?.fittedInto !== undefined) {
    outer = item.fittedInto;
    item = draft.get(rowKey.item(outer));
  }
  return outer;
}

/**
 * A fitted part comes out again, into the hands of the host's holder and the property of the host's owner, unless it was not
 * the fitter's to give: a workshop cannot make a thing that it only holds another's by fitting it. It must be inspected
 * before it is fitted elsewhere. Out of a thing that was shredded or smelted nothing comes, nor out of a vehicle on its way to be
 * scrapped, before a dismantler has taken it in; out of a scrapped vehicle what comes out by dismantling may come out, in the same
 * order, and an assembly bears the same mark. Batteries come out first, as the vehicle is depolluted.
 */
export const remove: ItemRule<'remove'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  require(item.fittedInto === event.data.from, 'HL-2010');
  const hosts = hostsOf(draft, item);
  require(!hosts.some(({ state }) => DESTROYED.includes(state)), 'HL-2011');
  require(hosts.every(({ hold }) => hold === undefined), 'HL-2100');
  const scrapped = hosts.filter(isToBeScrapped);
  const first = item.kind === 'battery';
  require(scrapped.every(first ? isCertified : isDrained), 'HL-2101');
  require(first || scrapped.every(({ supervision }) => supervision !== 'due'), 'HL-2102');
  const outer = outermost(draft, item);
  require(outer.handover === undefined, 'HL-2021');
  // The row of a fitted part still names who fitted it as custodian, and whose it was then.
  const owner = item.owner === item.custodian ? outer.owner : item.owner;
  const removedFrom = event.data.from;
  const mark = scrapped.length > 0 && isAssembly(item.category) ? { fromScrapped: true } : {};
  // A battery may be weighed as it comes out.
  const massGrams = item.massGrams ?? (first ? event.data.massGrams : undefined);
  const vehicle = hosts.findIndex(isAtDismantler);
  // The mass of a pack is that of its modules too, so what comes out of the pack does not count again.
  if (vehicle === 0 || (vehicle > 0 && !first))
    comeOut(draft, idOfHost(item, hosts, vehicle), hosts[vehicle], { ...item, massGrams });
  const due = leaveVehicle(draft, event.item, item, event.data.from);
  const insurance = factsWith(item.insurance, { repair: undefined, unregistered: due || undefined });
  const change = {
    fittedInto: undefined,
    inspection: undefined,
    acceptances: undefined,
    custodian: creditCode,
    owner,
    removedFrom,
    massGrams,
    model: (first ? undefined : event.data.model) ?? item.model,
    insurance,
    // What a test said before the battery was used again says nothing any more.
    battery: undefined,
    ...mark,
  };
  advance(draft, event.item, item, step, moment, change);
};

/** The id of one of the things that an item is fitted into. */
function idOfHost(item: ItemRow, hosts: readonly ItemRow[], index: number): string {
  return (index === 0 ? item : hosts[index - 1])?.fittedInto ?? '';
}

/** What was fitted and comes out of a scrapped vehicle counts as what is dismantled from it: in number and in mass. */
function comeOut(draft: Draft, id: string, vehicle: ItemRow | undefined, part: ItemRow): void {
  if (!vehicle) return;
  const packs = part.kind === 'battery' ? packRemoved(vehicle, part) : {};
  const taken = takenFrom(vehicle, [{ ...part, massGrams: part.massGrams ?? 0 }]);
  draft.put(rowKey.item(id), withoutUndo({ ...vehicle, ...taken, ...packs }));
}
