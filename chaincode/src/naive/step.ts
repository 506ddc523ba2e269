import {
  fromHex,
  leafHash,
  sha256Hex,
  stepOf,
  type ItemEvent,
  type ItemRow,
  type ItemState,
} from '@huilian/core';

/**
 * What the naive way checks and writes for one event: state and holder by the life cycle table, then the whole row anew.
 * It knows no roles, licences, tags or hosts, so it does less than the rules of the product.
 *
 * @param by credit code of the signer
 * @throws Error when the step is not allowed; the transaction fails then
 */
export function naiveStep(
  row: ItemRow | undefined,
  event: ItemEvent,
  by: string,
  bytes: Uint8Array,
): ItemRow {
  const { head = '', count = 0 } = row ?? {};
  const linked = { count: count + 1, head: sha256Hex(fromHex(head), leafHash(bytes)) };
  if (event.type === 'register') {
    if (row !== undefined) throw new Error(`${event.item} is registered`);
    const { kind, category, massGrams } = event.data;
    const state = 'registered' as const;
    const mass = massGrams === undefined ? {} : { massGrams };
    const partClass = kind === 'part' ? { class: event.data.class ?? ('usedPart' as const) } : {};
    return { kind, category, custodian: by, owner: by, state, ...mass, ...partClass, ...linked };
  }
  if (row === undefined) throw new Error(`${event.item} is not registered`);
  return { ...changed(row, event, by), state: stateAfter(row, event), ...linked };
}

function stateAfter(row: ItemRow, event: ItemEvent): ItemState {
  const step = stepOf(event.type, row.kind);
  if (step?.from.includes(row.state) !== true) throw new Error(`${event.type} is no step for ${event.item}`);
  return step.to ?? row.state;
}

function changed(row: ItemRow, event: ItemEvent, by: string): ItemRow {
  const { handover, ...quiet } = row;
  switch (event.type) {
    case 'inspect':
      if (row.custodian !== by) throw new Error(`${by} does not hold ${event.item}`);
      return { ...row, inspection: event.data.result };
    case 'handover':
      if (row.custodian !== by || handover) throw new Error(`${by} cannot hand over ${event.item}`);
      return { ...row, handover: event.data };
    case 'accept':
      if (handover?.to !== by || row.custodian !== event.data.from)
        throw new Error(`${by} cannot accept ${event.item}`);
      return { ...quiet, custodian: by, owner: by, logistics: { evidence: 'A' } };
    default:
      throw new Error(`the naive way has no ${event.type}`);
  }
}
