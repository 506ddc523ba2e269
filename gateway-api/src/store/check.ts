import { HuilianError } from '@huilian/core';
import type { Applied, BlockHead, Checkpoint } from './store.js';

/** What a block is to a store. */
export type Place = 'next' | Exclude<Applied, 'applied'>;

/**
 * Says what a block is to a store: the next one, or one that is there already. Of several blocks some may be there.
 *
 * @throws HL-5020 when the store holds another ledger, HL-5021 when a block between is missing.
 */
export function place(block: BlockHead, last: Checkpoint | undefined): Place {
  const first = firstOf(block);
  if (last === undefined) {
    if (first === 0) return 'next';
    throw new HuilianError('HL-5021', { expected: 0, block: first });
  }
  if (block.ledger !== last.ledger)
    throw new HuilianError('HL-5020', { store: last.ledger, network: block.ledger });
  if (block.number < last.number) return 'already';
  if (block.number === last.number) return sameBlock(block, last);
  if (first > last.number + 1 || block.projection !== last.projection) {
    throw new HuilianError('HL-5021', { expected: last.number + 1, block: first });
  }
  if (first <= last.number) return 'overtaken';
  if (block.previousHash !== last.hash)
    throw new HuilianError('HL-5020', { store: last.hash, network: block.previousHash });
  return 'next';
}

/** The number of the first block. */
export function firstOf({ first, number }: Pick<BlockHead, 'first' | 'number'>): number {
  return first ?? number;
}

function sameBlock(block: BlockHead, last: Checkpoint): 'already' {
  if (block.hash !== last.hash) throw new HuilianError('HL-5020', { store: last.hash, network: block.hash });
  return 'already';
}

/** The checkpoint that goes with a block. */
export function checkpointOf(block: BlockHead): Checkpoint {
  const { ledger, projection, number, hash, time } = block;
  return { ledger, projection, number, hash, time };
}
