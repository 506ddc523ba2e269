import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { requireOversight, type AdministrationRule } from './participants.js';
import { require } from './refusal.js';
import { RULESETS } from './rulesets.js';

/** One regulator proposes a dated table; it is in force only after a second key approved it, and never edited. */
export const proposeRule: AdministrationRule<'rule.propose'> = (draft, event, moment) => {
  requireOversight(moment);
  const { name, province, version, from, table } = event.data;
  const key = rowKey.rule(name, province, version);
  require(draft.get(key) === undefined, 'HL-3039');
  draft.put(key, { from, table, proposedBy: moment.actor.keyId });
};

export const approveRule: AdministrationRule<'rule.approve'> = (draft, event, moment) => {
  requireOversight(moment);
  const { name, province, version } = event.data;
  const key = rowKey.rule(name, province, version);
  const row = draft.get(key);
  require(row, 'HL-3040');
  require(row.approvedBy === undefined, 'HL-3041');
  require(row.proposedBy !== moment.actor.keyId, 'HL-3034');
  draft.put(key, { ...row, approvedBy: moment.actor.keyId });
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
  require(row.proposed.by !== moment.actor.keyId, 'HL-3034');
  draft.put(rowKey.activeRuleset, { number: event.data.number });
};

/** Oversight decides whose a contested tag is. The others lose it and go on without it. */
export const awardTag: AdministrationRule<'tag.award'> = (draft, event, moment) => {
  requireOversight(moment);
  const { tag, item } = event.data;
  const key = rowKey.tag(tag);
  const row = draft.get(key);
  require(row, 'HL-2001');
  const parties = [row.item, ...(row.contenders ?? [])];
  require(parties.includes(item), 'HL-2001');
  for (const id of parties) {
    const before = draft.get(rowKey.item(id));
    if (before)
      draft.put(
        rowKey.item(id),
        id === item ? cleared(before) : cleared(withoutTag(before, tag.scheme, tag.value)),
      );
  }
  draft.put(key, { item });
};

function cleared(row: ItemRow): ItemRow {
  const { contested: _decided, ...rest } = row;
  return rest;
}

function withoutTag(row: ItemRow, scheme: string, value: string): ItemRow {
  const { tags: _all, ...rest } = row;
  const left = row.tags?.filter((tag) => tag.scheme !== scheme || tag.value !== value) ?? [];
  return left.length > 0 ? { ...rest, tags: left } : rest;
}
