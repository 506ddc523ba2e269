import { isReport, lossNamedBy, rowKey, type LedgerEvent, type LossRow, type NamedLoss } from '@huilian/core';
import type { RowReader } from './ports.js';

/** Key in its view of the loss of which an event is a step, such as a claim; a fitting under its lines is a step of the part. */
export function lossIdOf(event: LedgerEvent): string | undefined {
  const named = lossOf(event);
  return named && `${named.vehicle}/${named.loss}`;
}

function lossOf(event: LedgerEvent): NamedLoss | undefined {
  return isReport(event.type) ? lossNamedBy(event) : undefined;
}

/** Who claims under a loss, and by recourse is to pay: each is told of all steps of it, as no party of the vehicle need be. */
export function claimantsIn(loss: LossRow | undefined): readonly string[] {
  return (
    loss?.claims.flatMap(({ insurer, against }) =>
      against === undefined ? [insurer] : [insurer, against],
    ) ?? []
  );
}

/** Who is told of an event because it is an accepted step of a loss under which it claims. */
export async function claimantsOf(
  rows: RowReader,
  event: LedgerEvent,
  verdict: string,
): Promise<readonly string[]> {
  const named = verdict === 'accepted' ? lossOf(event) : undefined;
  return named === undefined ? [] : claimantsIn(await rows.row(rowKey.loss(named.vehicle, named.loss)));
}
