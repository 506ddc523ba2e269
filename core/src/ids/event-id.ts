/** Where an event stands: the batch of a lane, and the place in it. */
export interface EventPlace {
  readonly keyId: string;
  readonly sequence: number;
  readonly index: number;
}

const PATTERN = /^([A-Za-z0-9_-]{43})\.([1-9][0-9]{0,9})\.(0|[1-9][0-9]{0,2})$/;

/** `keyId.sequence.index` */
export function eventIdOf({ keyId, sequence, index }: EventPlace): string {
  return `${keyId}.${sequence}.${index}`;
}

/** The parts of an event id, or undefined when it is malformed. */
export function parseEventId(text: string): EventPlace | undefined {
  const [, keyId, sequence, index] = PATTERN.exec(text) ?? [];
  return keyId === undefined ? undefined : { keyId, sequence: Number(sequence), index: Number(index) };
}
