import type { LedgerEvent } from '../model/events.js';

/** A loss by its vehicle and number. */
export interface NamedLoss {
  readonly vehicle: string;
  readonly loss: string;
}

/** The loss that a step names: damage, assessment, total loss, claims, lines, payments, and a fitting under a line. */
export function lossNamedBy(event: LedgerEvent): NamedLoss | undefined {
  switch (event.type) {
    case 'reportDamage':
    case 'assess':
    case 'declareTotalLoss':
    case 'claimLines':
    case 'approveLines':
    case 'payLines':
      return { vehicle: event.item, loss: event.data.loss };
    case 'fit': {
      const { into, repair } = event.data;
      return repair && { vehicle: repair.vehicle ?? into, loss: repair.loss };
    }
    default:
      return undefined;
  }
}

/** A recorded event, as far as it matters here. */
interface Told {
  readonly id: string;
  readonly event: LedgerEvent;
  readonly verdict: string;
}

/**
 * The numbers of the losses that steps of a vehicle are about, by ids of events: those that name one, the removal of what was fitted under
 * its lines, and the sale of the salvage and the return to use of the vehicle that bears it. Other steps are about none.
 *
 * @param told steps of the vehicle and of what was fitted into it, in the order of the ledger
 */
export function lossesToldOf(vehicle: string, told: Iterable<Told>): ReadonlyMap<string, string> {
  const losses = new Map<string, string>();
  const fitted = new Map<string, string>();
  // The next one is reported after the vehicle has returned to use, and only such a vehicle is sold as salvage.
  let borne: string | undefined;
  for (const { id, event, verdict } of told) {
    if (verdict !== 'accepted') continue;
    const named = lossNamedBy(event);
    let loss = named?.vehicle === vehicle ? named.loss : undefined;
    switch (event.type) {
      case 'reportDamage':
        borne = loss ?? borne;
        break;
      case 'fit':
        if (loss === undefined) fitted.delete(event.item);
        else fitted.set(event.item, loss);
        break;
      case 'remove':
        loss = fitted.get(event.item);
        fitted.delete(event.item);
        break;
      case 'sellSalvage':
      case 'returnToUse':
        if (event.item === vehicle) loss = borne;
        break;
      default:
    }
    if (loss !== undefined) losses.set(id, loss);
  }
  return losses;
}
