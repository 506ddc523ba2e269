import { rowKey } from '../model/row-keys.js';
import { balance, bringOut, massOf } from './dismantling.js';
import { advance, checkStep, createItem, latest, retireTags, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import { codeOf } from './packs.js';
import { require } from './refusal.js';
import { tellUnproved } from './remanufacturing.js';
import { namedTable } from './rule-tables.js';

/**
 * Name and province of the table that says how much capacity a battery must have left for second life: `{"permille": n}` of the
 * nominal one. Unconfirmed, so it is dated.
 */
export const SECOND_LIFE_CAPACITY = { name: 'secondLifeCapacity', province: 'CN' } as const;

/**
 * A plant takes a battery in and weighs it. Where its mass is on record already, the two agree.
 *
 * @throws Refusal HL-2050, HL-2070
 */
export const takeInBattery: ItemRule<'takeInBattery'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { massGrams, toleranceVersion } = event.data;
  requireFreeOrigin(draft, item);
  balance(draft, item.massGrams ?? massGrams, massGrams, toleranceVersion, moment);
  advance(draft, event.item, item, step, moment, { massGrams });
};

/**
 * What the battery still holds decides what becomes of it, by a table. One that failed goes to recycling and is not tested
 * again.
 *
 * @throws Refusal HL-2070, HL-2167
 */
export const testBattery: ItemRule<'testBattery'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { capacityPermille, tableVersion, defect } = event.data;
  const { permille } = namedTable(draft, SECOND_LIFE_CAPACITY, tableVersion, moment);
  require(typeof permille === 'number', 'HL-2070');
  const passed = defect === undefined && capacityPermille >= permille;
  const battery = {
    ...item.battery,
    capacityPermille,
    result: passed ? ('secondLife' as const) : ('recycle' as const),
  };
  advance(draft, event.item, item, step, moment, { battery });
};

/**
 * A battery that passed becomes one second-life product, once. The product has a code of its own and came out of the battery; the old
 * code is retired and still finds the old battery.
 *
 * @throws Refusal HL-2050, HL-2161, HL-2167, HL-2169, HL-2170, HL-2115
 */
export const repurpose: ItemRule<'repurpose'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { product, addedGrams = 0, lossGrams, toleranceVersion } = event.data;
  const { item: id, nonce, kind, category, massGrams, tags } = product;
  requireFreeOrigin(draft, item);
  const code = kind === 'battery' ? codeOf(product) : undefined;
  require(code, 'HL-2161');
  require(draft.get(rowKey.tag({ scheme: 'battery', value: code })) === undefined, 'HL-2170');
  require(item.massGrams !== undefined, 'HL-2051');
  balance(draft, item.massGrams + addedGrams, massGrams + lossGrams, toleranceVersion, moment);
  tellUnproved(event.data, moment);
  retireTags(draft, event.item, item);
  const battery = { capacityPermille: item.battery?.capacityPermille };
  const owner = { custodian: creditCode, owner: item.owner };
  const row = { kind, category, ...owner, massGrams, parent: event.item, battery };
  createItem(draft, { id, nonce, row: { ...row, ...(tags && { tags }) }, state: step.brings }, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};

/** It becomes fractions of material, and is no more. @throws Refusal HL-2050, HL-2052, HL-2115, HL-2172 */
export const recycle: ItemRule<'recycle'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { outputs, lossGrams, toleranceVersion } = event.data;
  require(outputs.length > 0, 'HL-2052');
  require(outputs.every(({ kind }) => kind === 'lot'), 'HL-2172');
  requireFreeOrigin(draft, item);
  balance(draft, item.massGrams, massOf(outputs) + lossGrams, toleranceVersion, moment);
  retireTags(draft, event.item, item);
  bringOut(draft, { id: event.item, item }, outputs, creditCode, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};
