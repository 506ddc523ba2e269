import type { ItemEventType } from '../model/events.js';
import type { LossRow } from '../model/loss.js';
import type { ItemRow } from '../model/rows.js';
import { hasRoom, isPayable, payerOf } from './losses.js';

/** Whether a step can succeed under a loss, of one insurer, or of any. */
type Ready = (loss: LossRow, insurer: string | undefined) => boolean;

/** Steps of the loss that a damaged vehicle bears. */
const OF_THE_OPEN: Readonly<Partial<Record<ItemEventType, Ready>>> = {
  assess: () => true,
  declareTotalLoss: ({ claims }, insurer) =>
    insurer === undefined || claims.length === 0 || claims.some((claim) => claim.insurer === insurer),
  approveLines: ({ claims }, insurer) =>
    claims.some((claim) => claim.cover !== 'recourse' && isOf(insurer, claim.insurer)),
};

/** Steps of any loss: claims and payments outlast the repair. */
const OF_ANY: Readonly<Partial<Record<ItemEventType, Ready>>> = {
  claimLines: (loss, insurer) =>
    insurer === undefined || loss.claims.some((claim) => claim.insurer === insurer) || hasRoom(loss, insurer),
  payLines: (loss, insurer) =>
    loss.lines.some((line) =>
      line.covers.some(({ claim: place, paid }) => {
        const claim = loss.claims[place];
        if (claim === undefined || paid !== undefined) return false;
        return isPayable(loss, line, claim) && isOf(insurer, payerOf(claim));
      }),
    ),
};

/**
 * Whether a step of a loss can succeed as the losses of the vehicle stand; other steps always can.
 *
 * @param losses all of the vehicle, by their numbers
 * @param insurer whose step it would be; undefined for anybody's
 */
export function isReadyInLosses(
  event: ItemEventType,
  { insurance }: ItemRow,
  losses: ReadonlyMap<string, LossRow>,
  insurer?: string,
): boolean {
  const ofTheOpen = OF_THE_OPEN[event];
  if (ofTheOpen !== undefined) {
    const loss = losses.get(insurance?.loss ?? '');
    return loss !== undefined && ofTheOpen(loss, insurer);
  }
  const ofAny = OF_ANY[event];
  return ofAny === undefined || [...losses.values()].some((loss) => ofAny(loss, insurer));
}

function isOf(insurer: string | undefined, creditCode: string): boolean {
  return insurer === undefined || insurer === creditCode;
}
