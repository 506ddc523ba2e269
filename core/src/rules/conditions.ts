import type { ItemRow } from '../model/rows.js';
import { APPLIANCE_CHECKS } from './appliance-conditions.js';
import { isAssembly } from './ways.js';
import { MIXED_INTAKE, mayBeCertified, type Condition } from './lifecycle/index.js';
import { require } from './refusal.js';
import { isQuestionedAs } from './undo.js';

type Check = (item: ItemRow) => void;

/**
 * The conditions that the tables name, where the item itself tells whether they hold. The others need further rows and are
 * checked by the rule of their step.
 */
const CHECKS: Partial<Readonly<Record<Condition, Check>>> = {
  fitForUse: ({ inspection }) => require(inspection === 'fit', 'HL-2060'),
  notAnAssembly: ({ fromScrapped, category }) =>
    require(!isAssembly(category), fromScrapped === true ? 'HL-2108' : 'HL-2310'),
  notUnfit: ({ grade }) => require(grade !== 'unfit', 'HL-2111'),
  certified: ({ certificate }) => require(certificate !== undefined, 'HL-2119'),
  notCertified: (item) =>
    item.certificate === undefined
      ? require(mayBeCertified(item), 'HL-2275')
      : require(isQuestionedAs(item.correction, 'issueCertificate'), 'HL-2118'),
  packsOut: ({ battery }) => require(battery?.packs === undefined, 'HL-2165'),
  mayBeUsedAgain: ({ battery }) => require(battery?.result !== 'recycle', 'HL-2167'),
  testPassed: ({ battery }) =>
    require(battery?.result === 'secondLife', battery?.result === 'recycle' ? 'HL-2167' : 'HL-2169'),
  mixedIntake: ({ category }) => require(category === MIXED_INTAKE, 'HL-2140'),
  witnessed: ({ supervision }) => require(supervision !== 'due', 'HL-2102'),
  ...APPLIANCE_CHECKS,
};

/** Checks what the table asks for. @throws Refusal of the condition that does not hold */
export function checkConditions(conditions: readonly Condition[], item: ItemRow): void {
  for (const condition of conditions) CHECKS[condition]?.(item);
}
