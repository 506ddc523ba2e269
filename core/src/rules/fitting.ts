import { rowKey } from '../model/row-keys.js';
import { advance, checkStep, custodianOf, type ItemRule } from './item.js';
import { GONE } from './lifecycle.js';
import { require } from './refusal.js';

/** A part that was found fit goes into another item. From then on it is where that item is. */
export const fit: ItemRule<'fit'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { into } = event.data;
  require(item.inspection === 'fit', 'HL-2060');
  const host = draft.get(rowKey.item(into));
  require(host, 'HL-2001');
  require(host.kind !== 'lot' && !GONE.includes(host.state), 'HL-2062');
  let outer: string | undefined = into;
  while (outer !== undefined) {
    require(outer !== event.item, 'HL-2061');
    outer = draft.get(rowKey.item(outer))?.fittedInto;
  }
  require(custodianOf(draft, host) === creditCode, 'HL-2020');
  require(host.handover === undefined, 'HL-2021');
  advance(draft, event.item, item, step.to, moment, { fittedInto: into });
};

/** A fitted part comes out again; it must be inspected before it is fitted elsewhere. */
export const remove: ItemRule<'remove'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  require(item.fittedInto === event.data.from, 'HL-2010');
  const { fittedInto: _out, inspection: _stale, acceptances: _waiting, ...loose } = item;
  advance(draft, event.item, loose, step.to, moment, { custodian: creditCode });
};
