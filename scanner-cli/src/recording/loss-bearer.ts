import { HuilianError, type ItemRow, type LossRow } from '@huilian/core';
import type { Gateway } from '../gateway/index.js';
import { read } from '../session.js';

/** A vehicle as somebody knows it who has a loss on it and never held it. */
export interface LossBearer {
  /** What everybody may know, and the loss that it bears. Its holder is none that a credit code names. */
  readonly row: ItemRow;
  readonly losses: ReadonlyMap<string, LossRow>;
}

interface LossPage {
  readonly losses: readonly (LossRow & { readonly loss: string })[];
  readonly bears?: string;
  readonly next?: string;
}

type Public = Pick<ItemRow, 'kind' | 'category' | 'state' | 'massGrams' | 'inspection' | 'contested'> & {
  readonly rebuilt: boolean;
  readonly held: boolean;
};

/**
 * An insurer reports, assesses and pays for cars that it never sees; the item itself is closed to it (HL-4020). What it may know is the
 * public passport and the losses.
 *
 * @returns undefined for who has no loss on it
 * @throws HuilianError as `read`
 */
export async function lossBearer(
  gateways: readonly Gateway[],
  item: string,
  creditCode: string,
): Promise<LossBearer | undefined> {
  const page = await lossesOf(gateways, item);
  const isOwn = ({ reportedBy, claims }: LossRow): boolean =>
    reportedBy === creditCode ||
    claims.some(({ insurer, against }) => insurer === creditCode || against === creditCode);
  if (page === undefined || page.next !== undefined || !page.losses.some(isOwn)) return undefined;
  const known = await read<Public>(gateways, `/p/${item}?format=json`);
  if (known === undefined) return undefined;
  const losses = new Map(page.losses.map((loss) => [loss.loss, loss]));
  return { row: rowOf(known, losses, page.bears), losses };
}

async function lossesOf(gateways: readonly Gateway[], item: string): Promise<LossPage | undefined> {
  try {
    return await read<LossPage>(gateways, `/v1/losses/${item}?limit=200`);
  } catch (error) {
    if (error instanceof HuilianError && error.code === 'HL-4020') return undefined;
    throw error;
  }
}

function rowOf(
  { kind, category, state, massGrams, inspection, contested, rebuilt, held }: Public,
  losses: ReadonlyMap<string, LossRow>,
  bears: string | undefined,
): ItemRow {
  const totalLoss = bears === undefined ? undefined : losses.get(bears)?.totalLoss;
  return {
    kind,
    category,
    state,
    custodian: '',
    owner: '',
    ...(massGrams === undefined ? {} : { massGrams }),
    ...(inspection === undefined ? {} : { inspection }),
    ...(contested === true ? { contested } : {}),
    ...(rebuilt ? { rebuilt } : {}),
    // Why it stands still is not public.
    ...(held ? { hold: 'underInvestigation' as const } : {}),
    ...(totalLoss === undefined ? {} : { totalLoss }),
    ...(bears === undefined ? {} : { insurance: { loss: bears } }),
    count: 0,
    head: '',
  };
}
