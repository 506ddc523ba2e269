import type { EventOf } from '../model/events.js';
import type { RepairLine } from '../model/facts/insurance.js';
import type { LossLine, LossRow } from '../model/loss.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Moment, Notice } from './actor.js';
import type { Draft } from './draft.js';

/** A part that goes into a vehicle. */
export interface Fitting {
  readonly event: EventOf<'fit'>;
  readonly item: ItemRow;
  /** The outermost thing around it, and its id. */
  readonly vehicle: ItemRow;
  readonly vehicleId: string;
  /** True when the part came out of this vehicle. */
  readonly isOwn: boolean;
}

/**
 * Fits a part under an approved line of a loss. What is fitted outside a line, or not as it was approved, is recorded all the
 * same and not payable: a notice says why.
 *
 * @returns the line that pays for the part
 */
export function fitUnderLine(draft: Draft, fitting: Fitting, moment: Moment): RepairLine | undefined {
  const { event, item, vehicle, vehicleId, isOwn } = fitting;
  const { repair, into } = event.data;
  if (repair === undefined) {
    if (vehicle.insurance?.loss !== undefined && !isOwn) moment.notice('HL-2220');
    return undefined;
  }
  const loss = draft.get(rowKey.loss(repair.vehicle ?? into, repair.loss));
  const line = loss?.lines.find((each) => each.line === repair.line);
  const isOfVehicle = (repair.vehicle ?? into) === vehicleId;
  const reason = isOfVehicle ? notPayable(line, event, item) : 'HL-2220';
  if (reason !== undefined || !loss || !line) {
    moment.notice(reason ?? 'HL-2220');
    return undefined;
  }
  const fitted = [...(line.fitted ?? []), event.item];
  draft.put(rowKey.loss(vehicleId, repair.loss), withFitted(loss, line, fitted));
  return { vehicle: vehicleId, loss: repair.loss, line: repair.line };
}

/** Why a part is not paid for under a line. */
function notPayable(line: LossLine | undefined, event: EventOf<'fit'>, item: ItemRow): Notice | undefined {
  const { repair, evidence = [] } = event.data;
  if (line?.part === undefined) return 'HL-2220';
  if (repair?.version !== line.version) return 'HL-2221';
  const { category, classes, numbers, quantity } = line.part;
  const isClass = item.kind !== 'part' || (item.class !== undefined && classes.includes(item.class));
  const isNumber = numbers === undefined || (repair.number !== undefined && numbers.includes(repair.number));
  if (item.category !== category || !isClass || !isNumber) return 'HL-2222';
  if ((line.fitted?.length ?? 0) >= quantity) return 'HL-2223';
  const tags = item.tags ?? [];
  const hasSerial = tags.some(({ scheme }) => scheme === 'serial' || scheme === 'battery');
  if (!hasSerial && (tags.length === 0 || evidence.length === 0)) return 'HL-2224';
  return item.contested === true ? 'HL-2225' : undefined;
}

/** A part that comes out again leaves its line free, unless the line was paid. */
export function freeLine(draft: Draft, id: string, { insurance }: ItemRow): void {
  if (insurance?.repair === undefined) return;
  const { vehicle, loss: number, line: wanted } = insurance.repair;
  const loss = draft.get(rowKey.loss(vehicle, number));
  const line = loss?.lines.find((each) => each.line === wanted);
  if (!loss || !line || line.covers.some(({ paid }) => paid)) return;
  const left = (line.fitted ?? []).filter((each) => each !== id);
  draft.put(rowKey.loss(vehicle, number), withFitted(loss, line, left));
}

function withFitted(loss: LossRow, line: LossLine, fitted: readonly string[]): LossRow {
  const after = { ...line, fitted: fitted.length === 0 ? undefined : fitted };
  return { ...loss, lines: loss.lines.map((each) => (each === line ? after : each)) };
}
