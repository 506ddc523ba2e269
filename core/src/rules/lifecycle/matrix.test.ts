import { beforeAll, describe, expect, it } from 'vitest';
import { rowKey } from '../../model/row-keys.js';
import type { ItemRow } from '../../model/rows.js';
import { ITEM_KINDS, ITEM_STATES, type ItemKind, type ItemState } from '../../model/terms.js';
import { itemNamed } from '../../testing/keys.js';
import { sampleData, sampleNames } from '../../testing/samples.js';
import { ALL_TRADES, Trade, type Party, type Plain } from '../../testing/trade.js';
import { isGone, lifecycle, type Step } from './index.js';

const { item, keyId } = sampleNames;
/** What the thing is fitted into, or goes into a step with. */
const other = itemNamed(keyId, 'other').item;
const OTHERWISE: Readonly<Record<string, object>> = {
  remove: { from: other },
  merge: { others: [other] },
  transform: { others: [other] },
};

let trade: Trade;
let holder: Party;
let police: Party;
let auditor: Party;

beforeAll(() => {
  trade = new Trade();
  holder = trade.party('holder', ALL_TRADES);
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  auditor = trade.party('auditor', ['auditor', 'regulator'], { mspId: 'OversightMSP' });
});

/** A thing of a kind in a state, in the hands of one who has every role; nothing more is known of it. */
function thing(kind: ItemKind, state: ItemState): ItemRow {
  const { creditCode } = holder;
  const facts =
    kind === 'manifest' ? { manifest: { carrier: creditCode, handler: creditCode, lots: [] } } : {};
  const fitted = state === 'fitted' ? { fittedInto: other } : {};
  const row = { kind, category: 'other', state, custodian: creditCode, owner: creditCode };
  return { ...row, count: 1, head: '', ...facts, ...fitted };
}

function whoMay({ roles }: Step): Party {
  if (roles === undefined || roles.some((role) => ALL_TRADES.includes(role))) return holder;
  return roles.includes('police') ? police : auditor;
}

/** What the rules say of a step in a state; the thing is put there for that alone. */
function tried(step: Step, kind: ItemKind, state: ItemState): { verdict: string; changed: boolean } {
  const before = thing(kind, state);
  trade.world.rows.set(rowKey.item(item), before);
  trade.world.rows.set(
    rowKey.item(other),
    kind === 'lot' ? thing('lot', 'registered') : thing('vehicle', 'inUse'),
  );
  const data = { ...(sampleData[step.event] as object), ...OTHERWISE[step.event] };
  const event = { type: step.event, item, data } as unknown as Plain<never>;
  const verdict = trade.does(whoMay(step), event);
  const changed = trade.world.row(rowKey.item(item)) !== before;
  trade.world.rows.delete(rowKey.item(item));
  return { verdict, changed };
}

function statesOf(kind: ItemKind): readonly ItemState[] {
  const steps = lifecycle.filter(({ kinds }) => kinds.includes(kind));
  return ITEM_STATES.filter((state) => steps.some(({ from, to }) => to === state || from.includes(state)));
}

const rows = ITEM_KINDS.flatMap((kind) =>
  lifecycle
    .filter(({ kinds, from }) => kinds.includes(kind) && from.length > 0)
    .map((step) => [step.event, kind, step] as const),
);

/** Codes that say that the state does not allow the step. */
const outOfState = ({ outOfTurn = {} }: Step): readonly string[] => [
  'HL-2010',
  'HL-2011',
  ...Object.values(outOfTurn),
];

describe('every row of the tables', () => {
  it.each(rows)('%s of a %s is refused in every state that the table does not list', (_event, kind, step) => {
    for (const state of statesOf(kind).filter((each) => !step.from.includes(each))) {
      const { verdict, changed } = tried(step, kind, state);
      expect(outOfState(step), `${state}: ${verdict}`).toContain(verdict);
      expect(changed).toBe(false);
    }
  });

  it.each(rows)('%s of a %s is not refused for its state where the table lists it', (_event, kind, step) => {
    for (const state of step.from.filter((each) => !isGone({ kind, state: each }) || step.afterEnd === true))
      expect(['HL-2010', 'HL-2011', 'HL-2004'], state).not.toContain(tried(step, kind, state).verdict);
  });
});
