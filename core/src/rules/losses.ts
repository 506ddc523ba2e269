import type { EventOf } from '../model/events.js';
import { factsWith } from '../model/facts/insurance.js';
import {
  MAX_CLAIMS,
  MAX_LINES,
  MAX_OWN_CLAIMS,
  type LossClaim,
  type LossLine,
  type LossRow,
} from '../model/loss.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { dateOf, dayOf } from '../time/day.js';
import type { Draft } from './draft.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { require } from './refusal.js';

/** A loss by its vehicle and number. @throws Refusal HL-2200 */
function lossOf(draft: Draft, vehicle: string, number: string): LossRow {
  const loss = draft.get(rowKey.loss(vehicle, number));
  require(loss, 'HL-2200');
  return loss;
}

/** The loss that a damaged vehicle bears now. @throws Refusal HL-2200, HL-2203 */
function openLoss(draft: Draft, vehicle: string, item: ItemRow, number: string): LossRow {
  const loss = lossOf(draft, vehicle, number);
  require(item.insurance?.loss === number, 'HL-2203');
  return loss;
}

/**
 * A loss befell a vehicle: its claims and lines stand under this number. What an inspection found before says nothing of it any more.
 *
 * @throws Refusal HL-2201, HL-2202
 */
export const reportDamage: ItemRule<'reportDamage'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const today = dateOf(dayOf(moment.time));
  const { loss, day = today } = event.data;
  require(draft.get(rowKey.loss(event.item, loss)) === undefined, 'HL-2201');
  require(day <= today, 'HL-2202');
  draft.put(rowKey.loss(event.item, loss), { day, reportedBy: creditCode, claims: [], lines: [] });
  const insurance = factsWith(item.insurance, { loss });
  advance(draft, event.item, item, step, moment, { insurance, inspection: undefined });
};

/** @throws Refusal HL-2200, HL-2203 */
export const assess: ItemRule<'assess'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  openLoss(draft, event.item, item, event.data.loss);
  advance(draft, event.item, item, step, moment, {});
};

/**
 * `constructive`: repair costs more than it is worth. `mustScrap`: it may not go back on the road. Where insurers have claimed
 * under the loss, one of them says so; before that an insurer whose vehicle it is, or who has reported the loss. It is not fit for use
 * before who repaired it has inspected it.
 *
 * @throws Refusal HL-2200, HL-2203, HL-2204, HL-2306
 */
export const declareTotalLoss: ItemRule<'declareTotalLoss'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { loss: number, totalLoss } = event.data;
  const loss = openLoss(draft, event.item, item, number);
  require(isOfLoss(loss, creditCode, item), loss.claims.length > 0 ? 'HL-2204' : 'HL-2306');
  draft.put(rowKey.loss(event.item, number), { ...loss, totalLoss });
  advance(draft, event.item, item, step, moment, { totalLoss, inspection: undefined });
};

/** Whether a loss is an insurer's: it has claimed under it or, as long as nobody has, reported it, or holds or owns the vehicle. */
export function isOfLoss(
  { claims, reportedBy }: LossRow,
  creditCode: string,
  { custodian, owner }: Pick<ItemRow, 'custodian' | 'owner'>,
): boolean {
  if (claims.length > 0) return claims.some(({ insurer }) => insurer === creditCode);
  return [reportedBy, custodian, owner].includes(creditCode);
}

/** Place of an insurer's claim in a loss, -1 when it has none of this number. */
function placeOf(loss: LossRow, creditCode: string, claim: string): number {
  return loss.claims.findIndex((each) => each.insurer === creditCode && each.claim === claim);
}

/** The claim that covers a line under the same kind of cover. */
function coveringClaim(loss: LossRow, line: LossLine, cover: LossClaim['cover']): number | undefined {
  return line.covers.find(({ claim }) => loss.claims[claim]?.cover === cover)?.claim;
}

/**
 * An insurer claims damage lines under a kind of cover; with its first lines, or none yet, it opens the claim. A line has one
 * claim of each kind of cover. Recourse between insurers is a kind of its own and begins when the line was paid
 * (《保险法》 article 60).
 *
 * @throws Refusal HL-2200, HL-2206 to HL-2211
 */
export const claimLines: ItemRule<'claimLines'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { claim, cover, lines: wanted, against } = event.data;
  const loss = lossOf(draft, event.item, event.data.loss);
  const own: LossClaim = { claim, insurer: creditCode, cover, ...(against === undefined ? {} : { against }) };
  const known = placeOf(loss, creditCode, claim);
  const before = loss.claims[known];
  if (before) require(before.cover === cover && before.against === against, 'HL-2206');
  else {
    require(hasRoom(loss, creditCode), 'HL-2209');
    if (against !== undefined) {
      const other = draft.get(rowKey.participant(against));
      require(against !== creditCode && other?.roles.includes('insurer') === true, 'HL-2207');
    }
    require((cover === 'recourse') === (against !== undefined), 'HL-2207');
  }
  const claims = before ? loss.claims : [...loss.claims, own];
  const place = before ? known : loss.claims.length;
  require(wanted.every((number) => loss.lines.some(({ line }) => line === number)), 'HL-2210');
  const lines = loss.lines.map((line) => {
    if (!wanted.includes(line.line)) return line;
    const first = coveringClaim(loss, line, cover);
    require(first === undefined || first === known, 'HL-2211');
    require(cover !== 'recourse' || hasPaid(loss, line, creditCode), 'HL-2208');
    return first === undefined ? { ...line, covers: [...line.covers, { claim: place }] } : line;
  });
  draft.put(rowKey.loss(event.item, event.data.loss), { ...loss, claims, lines });
  advance(draft, event.item, item, step, moment, {});
};

/** Whether an insurer may open a further claim under a loss. */
export function hasRoom({ claims }: LossRow, creditCode: string): boolean {
  const own = claims.filter(({ insurer }) => insurer === creditCode);
  return claims.length < MAX_CLAIMS && own.length < MAX_OWN_CLAIMS;
}

function hasPaid(loss: LossRow, line: LossLine, insurer: string): boolean {
  return line.covers.some(({ claim, paid }) => paid === true && loss.claims[claim]?.insurer === insurer);
}

/**
 * An insurer approves damage lines of its claim for repair. A supplement (增补定损) is the next version of a line and takes the
 * place of the one before; another part is another line.
 *
 * @throws Refusal HL-2200, HL-2203, HL-2205, HL-2206, HL-2209, HL-2211, HL-2213, HL-2215 to HL-2217
 */
export const approveLines: ItemRule<'approveLines'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  let loss = openLoss(draft, event.item, item, event.data.loss);
  const claim = placeOf(loss, creditCode, event.data.claim);
  require(claim >= 0, 'HL-2205');
  require(loss.claims[claim]?.cover !== 'recourse', 'HL-2206');
  for (const approved of event.data.lines) loss = withLine(loss, approved, claim, creditCode);
  require(loss.lines.length <= MAX_LINES, 'HL-2209');
  draft.put(rowKey.loss(event.item, event.data.loss), loss);
  advance(draft, event.item, item, step, moment, {});
};

type Approved = EventOf<'approveLines'>['data']['lines'][number];

function withLine(loss: LossRow, { line, version, part }: Approved, claim: number, by: string): LossRow {
  const before = loss.lines.find((each) => each.line === line);
  if (!before) {
    require(version === 1, 'HL-2215');
    return { ...loss, lines: [...loss.lines, { line, version, by, part, covers: [{ claim }] }] };
  }
  require(before.by === by, 'HL-2216');
  require(version === before.version + 1, 'HL-2215');
  require(!before.covers.some(({ paid }) => paid), 'HL-2213');
  require(before.part?.category === part?.category, 'HL-2217');
  require((part?.quantity ?? 0) >= (before.fitted?.length ?? 0), 'HL-2217');
  const after = { ...before, version, part };
  return { ...loss, lines: loss.lines.map((each) => (each === before ? after : each)) };
}

/**
 * An insurer pays lines of its claim, each once; of recourse, the insurer that it is against pays. A line with a part is paid
 * when as many parts were fitted under it as it names, unless the vehicle is a total loss. Nothing is paid while it is in dispute which
 * vehicle it is: one that is registered twice has each of its losses twice.
 *
 * @throws Refusal HL-2200, HL-2205, HL-2210, HL-2212 to HL-2214, HL-2218, HL-2225
 */
export const payLines: ItemRule<'payLines'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  require(item.contested !== true, 'HL-2225');
  const loss = lossOf(draft, event.item, event.data.loss);
  const place = placeOf(loss, event.data.insurer ?? creditCode, event.data.claim);
  const claim = loss.claims[place];
  require(claim !== undefined && payerOf(claim) === creditCode, 'HL-2205');
  let lines = loss.lines;
  for (const paid of event.data.lines) {
    const line = lines.find((each) => each.line === paid.line);
    require(line, 'HL-2210');
    const cover = line.covers.find((each) => each.claim === place);
    require(cover, 'HL-2212');
    require(cover.paid === undefined, 'HL-2213');
    require(line.version === paid.version, 'HL-2214');
    require(isPayable(loss, line, claim), 'HL-2218');
    const covers = line.covers.map((each) => (each === cover ? { ...each, paid: true as const } : each));
    lines = lines.map((each) => (each === line ? { ...line, covers } : each));
  }
  draft.put(rowKey.loss(event.item, event.data.loss), { ...loss, lines });
  advance(draft, event.item, item, step, moment, {});
};

/** Who pays a claim: its insurer, and of recourse the one that it is against. */
export function payerOf({ insurer, against }: LossClaim): string {
  return against ?? insurer;
}

/** Whether what a line is for was done: its parts are fitted, unless the vehicle is a total loss or the line was paid before. */
export function isPayable(loss: LossRow, { part, fitted }: LossLine, { cover }: LossClaim): boolean {
  const isFitted = part === undefined || fitted?.length === part.quantity;
  return isFitted || loss.totalLoss !== undefined || cover === 'recourse';
}
