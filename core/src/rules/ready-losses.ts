import type { ItemEventType } from '../model/events.js';
import type { LossRow } from '../model/loss.js';
import type { ItemRow } from '../model/rows.js';
import { hasRoom, isOfLoss, isPayable, payerOf } from './losses.js';

/** Whether a step can succeed under a loss, of one insurer, or of any. */
type Ready = (
  loss: LossRow,
  insurer: string | undefined,
  vehicle: Pick<ItemRow, 'custodian' | 'owner'>,
) => boolean;

/** Steps of the loss that a damaged vehicle bears. */
const OF_THE_OPEN: Readonly<Partial<Record<ItemEventType, Ready>>> = {
  assess: () => true,
  declareTotalLoss: (loss, insurer, vehicle) => insurer === undefined || isOfLoss(loss, insurer, vehicle),
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
  item: ItemRow,
  losses: ReadonlyMap<string, LossRow>,
  insurer?: string,
): boolean {
  const ofTheOpen = OF_THE_OPEN[event];
  if (ofTheOpen !== undefined) {
    const loss = losses.get(item.insurance?.loss ?? '');
    return loss !== undefined && ofTheOpen(loss, insurer, item);
  }
  const ofAny = OF_ANY[event];
  return ofAny === undefined || [...losses.values()].some((loss) => ofAny(loss, insurer, item));
}

function isOf(insurer: string | undefined, creditCode: string): boolean {
  return insurer === undefined || insurer === creditCode;
}
