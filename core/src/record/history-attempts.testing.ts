import fc from 'fast-check';
import type { ItemEvent, LedgerEvent } from '../model/events.js';
import { correctionEvents } from '../model/events/correction.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { outerOf } from '../rules/item.js';
import { stepOf } from '../rules/lifecycle/index.js';
import { APPLIANCE_ATTEMPTS } from '../testing/appliance-attempts.js';
import { LOT_STEPS, lotStep, namedIn } from '../testing/lot-history.js';
import type { Party, Plain } from '../testing/trade.js';
import { correctionOf, type CorrectionType } from './corrections.testing.js';
import { BATTERY_STEPS, batteryStep, isBatteryStep } from './history-batteries.testing.js';
import { at, type Field } from './history-field.testing.js';
import { dismantling, stepOfTrade } from './history-steps.testing.js';
import { INSURANCE_TYPES, isInsuranceReady } from './insurance-attempts.testing.js';
import { exceptionsOf, isReadyFor, LOGISTICS_STEPS, logisticsEvent } from './logistics.testing.js';

/** Types of events that are tried; some again, for they wait for others' steps. */
export const TRIED: readonly ItemEvent['type'][] = [
  ...(['register', 'inspect', 'inspect', 'handover', 'handover', 'accept', 'accept', 'withdraw'] as const),
  ...(['refuse', 'dismantle', 'dismantle', 'fit', 'fit', 'remove', 'remove', 'dispose'] as const),
  ...([
    'codePart',
    'markReused',
    'designateCore',
    'grade',
    'grade',
    'remanufacture',
    'remanufacture',
  ] as const),
  ...(['reportDamage', 'assess', 'declareTotalLoss', 'sellSalvage', 'returnToUse', 'surrender'] as const),
  ...(['receive', 'issueCertificate', 'depollute', 'depollute', 'leaveHulk', 'leaveHulk', 'shred'] as const),
  ...(['shred', 'hold', 'release', 'witness', 'cancelRegistration'] as const),
  ...BATTERY_STEPS,
  ...APPLIANCE_ATTEMPTS,
  ...INSURANCE_TYPES,
  ...(['correct', 'agreeCorrection', 'agreeCorrection', 'classifyRefusal'] as const),
  ...LOGISTICS_STEPS,
  ...(['refuse', 'withdraw', 'release', 'leaveHulk', 'returnToUse', 'accept', 'sellSalvage'] as const),
  ...LOT_STEPS,
];

/** What is tried next. Numbers pick items and parties; `right` asks for a party and data that have a chance. */
export const attempt = fc.record({
  party: fc.nat(4),
  type: fc.constantFrom(...TRIED),
  item: fc.nat(19),
  other: fc.nat(19),
  number: fc.nat(3),
  flag: fc.boolean(),
  right: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
});
export type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

const KINDS = ['vehicle', 'part', 'lot', 'part', 'device', 'battery', 'container'] as const;
/** Who holds an item: of a fitted one, who holds what it is fitted into. */
function holderOf(
  { trade, parties }: Pick<Field, 'trade' | 'parties'>,
  item: ItemRow | undefined,
): Party | undefined {
  const outer = item && outerOf(item);
  const host = outer === undefined ? undefined : trade.world.row(rowKey.item(outer));
  if (host) return holderOf({ trade, parties }, host);
  return parties.find(({ creditCode }) => creditCode === item?.custodian);
}

/** Whether the table lists the step for an item as it is. */
function isReady(item: ItemRow | undefined, event: ItemEvent['type']): boolean {
  if (!item || (event === 'fit' && item.inspection !== 'fit') || !isReadyFor(item, event)) return false;
  if (!isInsuranceReady(item, event)) return false;
  if ((event === 'release') !== (item.hold !== undefined)) return false;
  if ((event === 'withdraw' || event === 'refuse') && item.handover === undefined) return false;
  const step = stepOf(event, item.kind);
  const hasClass = !step?.classes || (item.class !== undefined && step.classes.includes(item.class));
  return hasClass && step?.from.includes(item.state) === true;
}

/** The event of an attempt and who signs it. Items are picked among those that were ever tried. */
export function next(field: Field, step: number, each: Attempt): { party: Party; event: LedgerEvent } {
  const { trade, parties, items, memory } = field;
  if (Object.hasOwn(correctionEvents, each.type)) {
    const made = correctionOf(memory, each.type as CorrectionType, parties, each.item);
    if (made) return { party: made.party, event: trade.event(made.event) };
    return next(field, step, { ...each, type: 'inspect' });
  }
  const rowOf = (id: string): ItemRow | undefined => trade.world.row(rowKey.item(id));
  const ready = items.filter((id) => isReady(rowOf(id), each.type));
  const item = at(each.right && ready.length > 0 ? ready : items, each.item);
  const row = rowOf(item);
  const holder = holderOf(field, row);
  const receiver = parties.find(({ creditCode }) => creditCode === row?.handover?.to);
  const takes = each.type === 'accept' || each.type === 'refuse';
  const named = namedIn(parties, each.type, row);
  const rightly = named ?? (takes ? receiver : holder);
  const ofPolice = ['release', 'witness', 'changeRegistration', 'cancelRegistration'].includes(each.type);
  const police = ofPolice ? parties.at(-1) : undefined;
  const slipOf = parties.find(({ creditCode }) => creditCode === row?.logistics?.paperBy);
  const party =
    (each.right && (police ?? (each.type === 'receiveOnPaper' ? slipOf : rightly))) ||
    at(parties, each.party);
  const from = (each.right && holder?.creditCode) || at(parties, each.other).creditCode;
  const made = party.signer.item(`thing ${step}`);
  const plain = ((): Plain<ItemEvent> => {
    switch (each.type) {
      case 'register': {
        const tags = each.flag ? [{ scheme: 'serial' as const, value: `S${each.number}` }] : [];
        items.push(made.item);
        const kind = at(KINDS, each.other);
        const data = { kind, category: kind === 'container' ? 'box' : 'some', nonce: made.nonce, tags };
        return { type: 'register', item: made.item, data: { ...data, massGrams: 1000 + each.number * 10 } };
      }
      case 'inspect':
        return { type: 'inspect', item, data: { result: each.number === 0 ? 'unfit' : 'fit' } };
      case 'handover':
        return {
          type: 'handover',
          item,
          data: { to: at(parties, each.other).creditCode, keepOwnership: each.flag },
        };
      case 'accept':
        return { type: 'accept', item, data: { from, ...exceptionsOf(trade, item, items, each.number) } };
      case 'withdraw':
        return { type: 'withdraw', item, data: {} };
      case 'refuse':
        return { type: 'refuse', item, data: { from, reason: 'other' } };
      case 'dismantle':
        return dismantling(
          field,
          step,
          each,
          party,
          item,
          row?.kind === 'vehicle' ? 700 : (row?.massGrams ?? 1000),
        );
      case 'fit': {
        const hosts = items.filter((id) => id !== item && holderOf(field, rowOf(id)) === party);
        return {
          type: 'fit',
          item,
          data: { into: at(each.right && hosts.length > 0 ? hosts : items, each.other) },
        };
      }
      case 'remove':
        return {
          type: 'remove',
          item,
          data: { from: (each.right && row?.fittedInto) || at(items, each.other) },
        };
      case 'dispose':
        return { type: 'dispose', item, data: { method: 'shredded' } };
      case 'pack':
      case 'unpack':
      case 'retireContainer':
      case 'acceptOnBehalf':
      case 'receiveOnPaper':
      case 'settleDifference':
        return logisticsEvent(trade, each.type, item, items, { pick: each.other, right: each.right });
      default:
        if (isBatteryStep(each.type))
          return batteryStep(each.type, { ...each, step, party, item, row, items });
        return (
          lotStep({ ...field, party, item, row, step }, each) ??
          stepOfTrade(field, step, each, party, item, row)
        );
    }
  })();
  return { party, event: trade.event(plain) };
}
