import { rowKey } from '../model/row-keys.js';
import { advance, checkStep, hostsOf, MAX_NESTING, outermost, type ItemRule } from './item.js';
import { GONE } from './lifecycle.js';
import { require } from './refusal.js';

/** A part that was found fit goes into another item. From then on it is where that item is. */
export const fit: ItemRule<'fit'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { into } = event.data;
  require(into !== event.item, 'HL-2061');
  require(item.inspection === 'fit', 'HL-2060');
  const host = draft.get(rowKey.item(into));
  require(host, 'HL-2001');
  require(host.kind !== 'lot', 'HL-2062');
  const around = [host, ...hostsOf(draft, host)];
  require(around.length <= MAX_NESTING, 'HL-2063');
  require(around.every(({ fittedInto }) => fittedInto !== event.item), 'HL-2061');
  require(around.every(({ state }) => !GONE.includes(state)), 'HL-2062');
  const outer = outermost(draft, host);
  require(outer.custodian === creditCode, 'HL-2020');
  require(outer.handover === undefined, 'HL-2021');
  const { acceptances: _waiting, ...settled } = item;
  advance(draft, event.item, settled, step.to, moment, { fittedInto: into });
};

/**
 * A fitted part comes out again, into the hands of the host's holder and the property of the host's owner, unless it was not
 * the fitter's to give: a workshop cannot make a thing that it only holds another's by fitting it. It must be inspected
 * before it is fitted elsewhere. Out of a thing that was shredded or smelted nothing comes.
 */
export const remove: ItemRule<'remove'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  require(item.fittedInto === event.data.from, 'HL-2010');
  const hosts = hostsOf(draft, item);
  require(hosts.every(({ state }) => state !== 'disposed'), 'HL-2011');
  const outer = outermost(draft, item);
  require(outer.handover === undefined, 'HL-2021');
  const { fittedInto: _out, inspection: _stale, acceptances: _waiting, ...loose } = item;
  // The row of a fitted part still names who fitted it as custodian, and whose it was then.
  const owner = item.owner === item.custodian ? outer.owner : item.owner;
  advance(draft, event.item, loose, step.to, moment, { custodian: creditCode, owner });
};
