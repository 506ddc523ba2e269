import type { ItemKind, ItemState, PartClass, TotalLoss } from './terms.js';

/** How rows of the world state write what is one of a closed list. */
export const KINDS = {
  vehicle: 'v',
  part: 'p',
  device: 'd',
  battery: 'b',
  lot: 'l',
  manifest: 'Fm',
  container: 'c',
} as const satisfies Record<ItemKind, string>;
export const STATES = {
  registered: 'r',
  inspected: 'i',
  fitted: 'f',
  graded: 'g',
  remanufactured: 'R',
  inUse: 'u',
  damaged: 'D',
  assessed: 'A',
  totalLoss: 'L',
  salvageSold: 'S',
  surrendered: 'y',
  received: 'v',
  certificateIssued: 'c',
  depolluted: 'p',
  dismantled: 'm',
  hulk: 'h',
  shredded: 's',
  removed: 'bo',
  collected: 'bc',
  tested: 'bt',
  secondLife: 'bs',
  repurposed: 'bp',
  recycled: 'br',
  refurbished: 'F',
  sold: 'o',
  stocked: 'k',
  issuedToLine: 'l',
  closed: 'z',
  disposed: 'x',
  consumed: 'Fc',
  sorting: 'Fg',
  sorted: 'Fs',
  opened: 'Fo',
  accepted: 'Fa',
  turnedBack: 'Ft',
  cancelled: 'Fx',
  returned: 'Fr',
  voided: '!',
} as const satisfies Record<ItemState, string>;
export const CLASSES = {
  newPart: 'n',
  usedPart: 'u',
  secondHandPart: 's',
  core: 'c',
  remanufacturedPart: 'r',
} as const satisfies Record<PartClass, string>;
export const LOSSES = { constructive: 'c', mustScrap: 'm' } as const satisfies Record<TotalLoss, string>;
export const SUPERVISION = { due: 'd', witnessed: 'w' } as const;
export const RESULTS = { fit: 'f', unfit: 'u' } as const;

export const kindOf = inverse(KINDS);
export const stateOf = inverse(STATES);
export const resultOf = inverse(RESULTS);
export const classOf = inverse(CLASSES);
export const lossOf = inverse(LOSSES);
export const supervisionOf = inverse(SUPERVISION);

function inverse<N extends string>(codes: Readonly<Record<N, string>>): ReadonlyMap<string, N> {
  return new Map(Object.entries<string>(codes).map(([name, code]) => [code, name as N]));
}

export function known<N extends string>(names: ReadonlyMap<string, N>, code: string): N {
  const name = names.get(code);
  if (name === undefined) throw new TypeError(`a stored row with an unknown code: ${JSON.stringify(code)}`);
  return name;
}
