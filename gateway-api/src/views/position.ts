/**
 * Where something stands on the ledger: the block, the transaction in it, the event in the transaction. Documents hold it
 * with leading zeros, so that texts sort as numbers do; people and event streams see `block.transaction.index`.
 */
export interface Place {
  readonly block: number;
  readonly transaction: number;
  readonly index: number;
}

const digits = { block: 10, transaction: 5, index: 5 } as const;
const shown = /^(\d{1,10})\.(\d{1,5})\.(\d{1,5})$/;

/** The text by which documents are ordered. */
export function positionOf({ block, transaction, index }: Place): string {
  return [
    String(block).padStart(digits.block, '0'),
    String(transaction).padStart(digits.transaction, '0'),
    String(index).padStart(digits.index, '0'),
  ].join('.');
}

/** {@link positionOf} the events of one transaction, by their index. */
export function positionsOf(place: Omit<Place, 'index'>): (index: number) => string {
  const before = positionOf({ ...place, index: 0 }).slice(0, -digits.index);
  return (index) => before + String(index).padStart(digits.index, '0');
}

/** The parts of a position, with or without leading zeros; undefined when the text is not one. */
export function readPosition(text: string): Place | undefined {
  const match = shown.exec(text);
  if (match === null) return undefined;
  const [, block, transaction, index] = match;
  return { block: Number(block), transaction: Number(transaction), index: Number(index) };
}

/** The position that the key of an event's document begins with. */
export function positionIn(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(0, slash);
}

/** The position of the first event of a batch, from the position of one of them and its place in the batch. */
export function firstPositionOf(position: string, index: number): string {
  const place = readPosition(position);
  return place === undefined ? position : positionOf({ ...place, index: place.index - index });
}

/** `block.transaction.index`, the id of an event in a stream. */
export function showPosition(position: string): string {
  return position.split('.').map(Number).join('.');
}

/** A text that sorts before all positions of a block and after those of the blocks before it. */
export function beforeBlock(block: number): string {
  return String(block).padStart(digits.block, '0');
}
