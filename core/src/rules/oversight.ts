import { claimantsOf } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Moment } from './actor.js';
import { settled } from './disputes.js';
import type { Draft } from './draft.js';
import { LIST_OF_VERSIONS, listedVersion } from './in-force.js';
import { keptOf } from './item.js';
import { isWellFormedTable } from './known-tables.js';
import { isGone } from './lifecycle/index.js';
import { requireOversight, type AdministrationRule } from './participants.js';
import { require } from './refusal.js';
import { afterAward } from './rivals.js';
import { RULESETS } from './rulesets.js';

/**
 * Requires that two administrators act, and not one with a second key that it registered for itself: the two keys must go
 * back to two that certificates registered.
 */
function requireSecond(draft: Draft, proposer: string, { actor }: Moment): void {
  const first = draft.get(rowKey.key(proposer))?.root ?? proposer;
  require(first !== (actor.key.root ?? actor.keyId), 'HL-3034');
}

/** One regulator proposes a dated table; it is in force only after a second key approved it, and never edited. */
export const proposeRule: AdministrationRule<'rule.propose'> = (draft, event, moment) => {
  requireOversight(moment);
  const { name, province, version, from, table } = event.data;
  const key = rowKey.rule(name, province, version);
  require(draft.get(key) === undefined, 'HL-3039');
  require(isWellFormedTable(name, table), 'HL-2261');
  draft.put(key, { from, table, proposedBy: moment.actor.keyId });
};

export const approveRule: AdministrationRule<'rule.approve'> = (draft, event, moment) => {
  requireOversight(moment);
  const { name, province, version } = event.data;
  const key = rowKey.rule(name, province, version);
  const row = draft.get(key);
  require(row, 'HL-3040');
  require(row.approvedBy === undefined, 'HL-3041');
  requireSecond(draft, row.proposedBy, moment);
  draft.put(key, { ...row, approvedBy: moment.actor.keyId });
  const list = rowKey.rule(name, province, LIST_OF_VERSIONS);
  draft.put(list, listedVersion(draft.get(list), version, row, moment.time));
};

/** Which ruleset judges events is a row that two Oversight keys set, apart from the roll-out of code. */
export const proposeRuleset: AdministrationRule<'ruleset.propose'> = (draft, event, moment) => {
  requireOversight(moment);
  const { number } = event.data;
  require(RULESETS.includes(number), 'HL-3042');
  const active = draft.get(rowKey.activeRuleset)?.number ?? 1;
  draft.put(rowKey.activeRuleset, { number: active, proposed: { number, by: moment.actor.keyId } });
};

export const approveRuleset: AdministrationRule<'ruleset.approve'> = (draft, event, moment) => {
  requireOversight(moment);
  const row = draft.get(rowKey.activeRuleset);
  require(row?.proposed?.number === event.data.number, 'HL-3044');
  requireSecond(draft, row.proposed.by, moment);
  draft.put(rowKey.activeRuleset, { number: event.data.number });
};

/**
 * Oversight decides whose a contested tag is. The others lose it and go on without it, and stand still no longer with one that had it;
 * what is no more keeps its tags as they were. It may have been that one's: a core that was remanufactured since, whose number somebody
 * registered once more.
 *
 * @throws Refusal HL-2001 it does not claim the tag, HL-2011 its registration is void
 */
export const awardTag: AdministrationRule<'tag.award'> = (draft, event, moment) => {
  requireOversight(moment);
  const { tag, item } = event.data;
  const key = rowKey.tag(tag);
  const row = draft.get(key);
  const parties = claimantsOf(row);
  const winner = parties.includes(item) ? draft.get(rowKey.item(item)) : undefined;
  require(winner, 'HL-2001');
  require(winner.state !== 'voided', 'HL-2011');
  draft.put(key, { item, ...(isGone(winner) ? { retired: true } : {}), ...keptOf(row) });
  // The one that has got it first: what it is held for now holds others.
  for (const id of [item, ...parties.filter((each) => each !== item)]) {
    const before = draft.get(rowKey.item(id));
    if (!before || (isGone(before) && id !== item)) continue;
    const after = id === item ? before : withoutTag(before, tag);
    draft.put(rowKey.item(id), afterAward(draft, id, settled(draft, id, after), id === item));
  }
};

function withoutTag(row: ItemRow, lost: Tag): ItemRow {
  const { tags: _all, ...rest } = row;
  const left = row.tags?.filter((tag) => rowKey.tag(tag) !== rowKey.tag(lost)) ?? [];
  return left.length > 0 ? { ...rest, tags: left } : rest;
}
