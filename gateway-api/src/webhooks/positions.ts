import { positionOf, readPosition } from '../views/position.js';

const last = 99_999;

/** The position as documents have it, from one as it is shown. */
export function padded(shown: string): string {
  const place = readPosition(shown);
  return place === undefined ? shown : positionOf(place);
}

/** The last position that a block can have; before block zero the first of all. */
export function endOf(block: number): string {
  return positionOf(
    block < 0 ? { block: 0, transaction: 0, index: 0 } : { block, transaction: last, index: last },
  );
}

/** The position right before another one, as documents have it. */
export function before(position: string): string {
  const { block, transaction, index } = readPosition(position) ?? { block: 0, transaction: 0, index: 0 };
  if (index > 0) return positionOf({ block, transaction, index: index - 1 });
  if (transaction > 0) return positionOf({ block, transaction: transaction - 1, index: last });
  return endOf(block - 1);
}
