/** The text by which a read model orders events: block, transaction and event with leading zeros. */
export function positionText(place: {
  readonly block: number;
  readonly transaction: number;
  readonly index: number;
}): string {
  const digits = (number: number, width: number): string => String(number).padStart(width, '0');
  return `${digits(place.block, 10)}.${digits(place.transaction, 5)}.${digits(place.index, 5)}`;
}
