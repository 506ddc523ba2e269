import { HuilianError } from '@huilian/core';
import type { BlockEffects, Checkpoint } from './store.js';

/**
 * Says what a block is to a store: the next one, or one that is there already.
 *
 * @throws HL-5020 when the store holds another ledger, HL-5021 when a block between is missing.
 */
export function place(block: BlockEffects, last: Checkpoint | undefined): 'next' | 'already' {
  if (last === undefined) {
    if (block.number === 0) return 'next';
    throw new HuilianError('HL-5021', { expected: 0, block: block.number });
  }
  if (block.ledger !== last.ledger)
    throw new HuilianError('HL-5020', { store: last.ledger, network: block.ledger });
  if (block.number < last.number) return 'already';
  if (block.number === last.number) return sameBlock(block, last);
  if (block.number > last.number + 1 || block.projection !== last.projection) {
    throw new HuilianError('HL-5021', { expected: last.number + 1, block: block.number });
  }
  if (block.previousHash !== last.hash)
    throw new HuilianError('HL-5020', { store: last.hash, network: block.previousHash });
  return 'next';
}

function sameBlock(block: BlockEffects, last: Checkpoint): 'already' {
  if (block.hash !== last.hash) throw new HuilianError('HL-5020', { store: last.hash, network: block.hash });
  return 'already';
}

/** The checkpoint that goes with a block. */
export function checkpointOf(block: BlockEffects): Checkpoint {
  const { ledger, projection, number, hash, time } = block;
  return { ledger, projection, number, hash, time };
}
