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
      ...(kind === 'part' ? { conditions: ['codedForReman'] as const } : {}),
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

/** The two hands of a difference settle it when they have spoken, whatever was done with the thing meanwhile: it may be melted by then. */
function settlementOf(kind: ItemKind, { steps, movable, ends }: Life): Step {
  const states = steps.flatMap(({ from, to }) => (to === undefined ? from : [...from, to]));
  return {
    event: 'settleDifference',
    kinds: [kind],
    from: [...new Set([...movable, ...states, ...ends])],
    who: 'anyone',
    given: ['reason'],
    optional: ['from'],
    afterEnd: true,
  };
}

/** Change of hands and final disposal, of a kind that changes hands in these states. */
export function custodySteps(kind: ItemKind, life: Life): readonly Step[] {
  const { movable, onPaper } = life;
  const moves = [...custodyOf(kind, movable, onPaper), settlementOf(kind, life)];
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
