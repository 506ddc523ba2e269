import { rowKey } from '../model/row-keys.js';
import type { EventOf } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import type { Draft } from './draft.js';
import { requireNoManifestDue } from './hazardous.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import { ownerOf } from './passing.js';
import { require } from './refusal.js';
import { boundOf } from './ways.js';

type Slip = EventOf<'acceptOnBehalf'>['data'];

/** How the row names who holds a thing and is not on the ledger: by credit code, a household by the number of its slip. */
export function nameOnPaper({ creditCode, household }: Pick<Slip, 'creditCode' | 'household'>): string {
  return creditCode ?? `household:${household ?? ''}`;
}

/** @throws Refusal HL-2183 neither or both, or an enterprise without its licence */
function checkSlip({ creditCode, household, licence }: Slip): void {
  require((creditCode === undefined) !== (household === undefined), 'HL-2183');
  require(creditCode === undefined || licence !== undefined, 'HL-2183');
}

/** A household uses what it gets, so it gets no unit that was not refurbished. @throws Refusal HL-2304 */
function requireRefurbished({ kind, state }: ItemRow, { household }: Slip): void {
  require(kind !== 'device' || household === undefined || state === 'refurbished', 'HL-2304');
}

/** @throws Refusal HL-2184 */
function requireOffLedger(draft: Draft, { creditCode }: Slip): void {
  require(creditCode === undefined || draft.get(rowKey.participant(creditCode)) === undefined, 'HL-2184');
}

/**
 * The holder hands a thing to a party that is not on the ledger and records its slip. Nobody can check that party's licence, so
 * what only a licensed one may have is not handed over on paper.
 *
 * @throws Refusal HL-2107, HL-2112, HL-2115, HL-2117, HL-2121, HL-2149, HL-2183, HL-2184, HL-2187, HL-2304
 */
export const acceptOnBehalf: ItemRule<'acceptOnBehalf'> = (draft, event, moment) => {
  const { item, creditCode: by } = checkStep(draft, event, moment);
  checkSlip(event.data);
  const { keepOwnership } = event.data;
  requireOffLedger(draft, event.data);
  requireRefurbished(item, event.data);
  require(item.consignee === undefined, 'HL-2107');
  require(item.kind !== 'vehicle' || item.totalLoss !== 'mustScrap', 'HL-2112');
  const goods = item.logistics?.goods;
  require(boundOf(item) === undefined && goods?.bounds === undefined, 'HL-2187');
  require(goods?.mixed !== true, 'HL-2178');
  requireFreeOrigin(draft, item);
  requireNoManifestDue(draft, item, moment.time);
  const custodian = nameOnPaper(event.data);
  const before = ownerOf(item);
  const after = keepOwnership === true || before !== item.custodian ? before : custodian;
  advance(draft, event.item, item, undefined, moment, {
    custodian,
    owner: goods === undefined ? (after ?? item.owner) : item.owner,
    acceptances: undefined,
    logistics: {
      differences: item.logistics?.differences,
      evidence: 'C',
      goods: goods && { ...goods, owner: after, moves: goods.moves + 1 },
      paperBy: by,
    },
  });
};

/**
 * A thing comes back from a party that is not on the ledger. Only who recorded its slip, or its owner, may say so: else anybody
 * could take what nobody on the ledger holds. One that has joined the ledger since signs for itself.
 *
 * @throws Refusal HL-2183 to HL-2186
 */
export const receiveOnPaper: ItemRule<'receiveOnPaper'> = (draft, event, moment) => {
  const { item, creditCode: by } = checkStep(draft, event, moment);
  checkSlip(event.data);
  const { paperBy, goods, differences } = item.logistics ?? {};
  require(paperBy !== undefined && nameOnPaper(event.data) === item.custodian, 'HL-2186');
  requireOffLedger(draft, event.data);
  require(by === paperBy || by === ownerOf(item), 'HL-2185');
  const before = ownerOf(item);
  const after = event.data.keepOwnership === true || before !== item.custodian ? before : by;
  advance(draft, event.item, item, undefined, moment, {
    custodian: by,
    owner: goods === undefined ? (after ?? item.owner) : item.owner,
    logistics: {
      differences,
      evidence: 'C',
      goods: goods && { ...goods, owner: after, moves: goods.moves + 1 },
    },
  });
};
