import type { ErrorCode } from '../../messages/catalogue.js';
import type { ItemKind, ItemState, Role } from '../../model/terms.js';
import type { Life, Step } from './step.js';

/** Kinds that are disposed of as they are. A vehicle is shredded as a hulk, a traction battery is recycled. */
const DISPOSABLE: readonly ItemKind[] = ['part', 'device', 'lot'];
const FINAL: readonly Role[] = ['smelter', 'shredder', 'hazardousWasteHandler'];

/** What a slip of a party that is not on the ledger says. */
const SLIP = ['creditCode', 'household', 'licence', 'massGrams', 'keepOwnership'];

function custodyOf(kind: ItemKind, from: readonly ItemState[], onPaper: Life['onPaper']): Step[] {
  const kinds = [kind];
  return [
    {
      event: 'handover',
      kinds,
      from,
      who: 'custodian',
      given: ['to'],
      optional: ['massGrams', 'keepOwnership', 'consignee'],
    },
    { event: 'withdraw', kinds, from, who: 'custodian', given: [] },
    {
      event: 'accept',
      kinds,
      from,
      who: 'receiver',
      given: ['from'],
      optional: kind === 'container' ? ['massGrams', 'count', 'exceptions'] : ['massGrams'],
    },
    { event: 'refuse', kinds, from, who: 'receiver', given: ['from', 'reason'] },
    {
      event: 'acceptOnBehalf',
      kinds,
      ...statesOnPaper(from, onPaper, onPaper?.otherwise),
      who: 'custodian',
      given: ['document'],
      optional: SLIP,
      ...(kind === 'device' ? { conditions: ['dataErased', 'forHouseholdRefurbished'] as const } : {}),
    },
    {
      event: 'receiveOnPaper',
      kinds,
      // What is never handed over on paper is not held so by anybody.
      ...statesOnPaper(from, onPaper, 'HL-2186'),
      who: 'receiver',
      given: ['document'],
      optional: SLIP,
    },
    { event: 'settleDifference', kinds, from, who: 'anyone', given: ['reason'], optional: ['from'] },
  ];
}

/** The states in which a thing goes to, or comes from, a party that is not on the ledger, and what a refusal says in the others. */
function statesOnPaper(
  movable: readonly ItemState[],
  onPaper: Life['onPaper'],
  otherwise: ErrorCode | undefined,
): Pick<Step, 'from' | 'outOfTurn'> {
  if (onPaper === undefined || otherwise === undefined) return { from: movable };
  const { states } = onPaper;
  const others = movable.filter((state) => !states.includes(state));
  return { from: states, outOfTurn: Object.fromEntries(others.map((state) => [state, otherwise])) };
}

/** Change of hands and final disposal, of a kind that changes hands in these states. */
export function custodySteps(kind: ItemKind, { movable, onPaper }: Life): readonly Step[] {
  const moves = custodyOf(kind, movable, onPaper);
  return DISPOSABLE.includes(kind) ? [...moves, disposal(kind, movable)] : moves;
}

/** What was made fit to be used again is sold, and not shredded as waste: it would be used again and processed. */
const USED_AGAIN = 'refurbished';

function disposal(kind: ItemKind, movable: readonly ItemState[]): Step {
  const from = movable.filter((state) => state !== USED_AGAIN);
  return {
    event: 'dispose',
    kinds: [kind],
    from,
    ...(from.length < movable.length ? { outOfTurn: { [USED_AGAIN]: 'HL-2120' as const } } : {}),
    to: 'disposed',
    who: 'custodian',
    roles: FINAL,
    licence: true,
    given: ['method'],
    optional: ['evidence'],
  };
}
