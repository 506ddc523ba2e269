import type { EventOf } from '../model/events.js';
import type { LotFacts } from '../model/facts/lot.js';
import type { ItemRow } from '../model/rows.js';
import { balance, bringOut, massOf, type Output } from './dismantling.js';
import type { Draft } from './draft.js';
import { requireHandler } from './hazardous.js';
import { advance, checkStep, latest, retireTags, type Allowed, type ItemRule } from './item.js';
import type { Moment } from './actor.js';
import { MIXED_INTAKE } from './lifecycle/index.js';
import { require } from './refusal.js';

/** A lot that goes into a step. */
interface Input extends Allowed {
  readonly id: string;
}

type Processing = EventOf<'split' | 'merge' | 'transform'>;

/**
 * The lots that go in, each checked as if it went in alone.
 *
 * @throws Refusal HL-2140 a truck load, HL-2145 of several owners, HL-2146 one is named twice, and those of {@link checkStep}
 */
function inputsOf(draft: Draft, event: Processing, others: readonly string[], moment: Moment): Input[] {
  const ids = [event.item, ...others];
  require(new Set(ids).size === ids.length, 'HL-2146');
  const inputs = ids.map((id) => ({ id, ...checkStep(draft, { ...event, item: id }, moment) }));
  for (const { item } of inputs) {
    requireMaterial(item);
    require(item.owner === inputs[0]?.item.owner, 'HL-2145');
  }
  return inputs;
}

/** A truck load is brought in by weight and sorted; it is no material yet. @throws Refusal HL-2140 */
function requireMaterial({ category }: Pick<ItemRow, 'category'>): void {
  require(category !== MIXED_INTAKE, 'HL-2140');
}

/**
 * Lots become other lots. What comes out, with the loss, weighs what went in; over many steps it never weighs more than that and the
 * tolerance once. The outputs name the first of the inputs as their
 * parent and the other inputs name it too, so that no row grows with the number of lots.
 *
 * @throws Refusal HL-2050, HL-2051, HL-2052, HL-2070, HL-2147 and those of new items
 */
function convert(
  draft: Draft,
  event: Processing,
  inputs: readonly Input[],
  outputs: readonly Output[],
  moment: Moment,
  facts?: LotFacts,
): void {
  const { lossGrams, toleranceVersion } = event.data;
  const [first] = inputs;
  if (!first) throw new Error('something goes in');
  require(outputs.length > 0, 'HL-2052');
  require(outputs.every(({ kind }) => kind === 'lot'), 'HL-2147');
  const into = inputs.reduce<number | undefined>((sum, { item }) => {
    const grams = owedOf(item);
    return sum === undefined || grams === undefined ? undefined : sum + grams;
  }, 0);
  balance(draft, into, massOf(outputs) + lossGrams, toleranceVersion, moment);
  const made = withBook(outputs, (into ?? 0) - lossGrams);
  for (const { id, item } of inputs) retireTags(draft, id, item);
  bringOut(draft, { id: event.item, item: first.item }, made, first.creditCode, moment, facts);
  for (const { id, item, step } of inputs) {
    const joined = id === event.item ? undefined : { lot: { ...item.lot, joined: event.item } };
    advance(draft, id, latest(draft, id, item), step, moment, { ...joined });
  }
}

/** What a lot weighs, or what it ought to weigh where that is less: a scale's error is not carried from step to step. */
function owedOf({ massGrams, lot }: ItemRow): number | undefined {
  return massGrams === undefined ? undefined : Math.min(massGrams, lot?.bookGrams ?? massGrams);
}

/** The outputs with what each ought to weigh, by its share, where together they weigh more than what is left of the inputs. */
function withBook(outputs: readonly Output[], left: number): readonly Output[] {
  const sum = massOf(outputs);
  if (sum <= left) return outputs;
  const share = (grams: number): number => Number((BigInt(grams) * BigInt(Math.max(0, left))) / BigInt(sum));
  return outputs.map((output) => ({ ...output, bookGrams: share(output.massGrams) }));
}

/** One lot becomes several of the same material. @throws Refusal HL-2143, HL-2144 */
export const split: ItemRule<'split'> = (draft, event, moment) => {
  const inputs = inputsOf(draft, event, [], moment);
  const { outputs } = event.data;
  requireSameMaterial(inputs, outputs);
  requireSamePieces(inputs, outputs);
  convert(draft, event, inputs, outputs, moment, wasteOf(inputs));
};

/**
 * Several lots of one material become one. Hazardous waste is not mixed with anything else: law on the prevention of pollution by
 * solid waste, article 81.
 *
 * @throws Refusal HL-2143, HL-2144, HL-2303
 */
export const merge: ItemRule<'merge'> = (draft, event, moment) => {
  const inputs = inputsOf(draft, event, event.data.others, moment);
  const outputs = [event.data.output];
  requireSameMaterial(inputs, outputs);
  requireSamePieces(inputs, outputs);
  convert(draft, event, inputs, outputs, moment, wasteOf(inputs));
};

/** Lots become lots of other materials: crushed, separated, melted. @throws Refusal HL-2148 */
export const transform: ItemRule<'transform'> = (draft, event, moment) => {
  const inputs = inputsOf(draft, event, event.data.others ?? [], moment);
  for (const { item } of inputs) requireHandler(draft, item, moment.actor.participant, moment.time);
  convert(draft, event, inputs, event.data.outputs, moment);
};

/** A sample is a small lot of its own; the lot that it was taken from goes on without it. @throws Refusal HL-2050, HL-2144 */
export const sample: ItemRule<'sample'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  requireMaterial(item);
  const { output } = event.data;
  requireSameMaterial([{ item }], [output]);
  require(item.massGrams !== undefined, 'HL-2051');
  require(output.massGrams < item.massGrams, 'HL-2050');
  bringOut(draft, { id: event.item, item }, [output], creditCode, moment, wasteOf([{ item }]));
  const { pieces, bookGrams } = item.lot ?? {};
  const left = pieces === undefined ? undefined : pieces - (output.pieces ?? 0);
  require(left === undefined || left > 0, 'HL-2143');
  const change: LotFacts = {
    ...item.lot,
    pieces: left,
    bookGrams: bookGrams === undefined ? undefined : Math.max(0, bookGrams - output.massGrams),
  };
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {
    massGrams: item.massGrams - output.massGrams,
    ...(item.lot === undefined ? {} : { lot: change }),
  });
};

/** Neither category nor waste code change when lots are only divided or put together. @throws Refusal HL-2144 */
function requireSameMaterial(inputs: readonly Pick<Input, 'item'>[], outputs: readonly Output[]): void {
  const [first] = inputs;
  const same = inputs.every(
    ({ item }) => item.category === first?.item.category && item.lot?.wasteCode === first.item.lot?.wasteCode,
  );
  require(same, 'HL-2144');
  for (const { kind, category } of outputs)
    require(kind === 'lot' && category === first?.item.category, 'HL-2144');
}

/** Where what goes in is counted, all of it is, and what comes out is counted, too, and as many. @throws Refusal HL-2143, HL-2303 */
function requireSamePieces(inputs: readonly Input[], outputs: readonly Output[]): void {
  const pieces = inputs.map(({ item }) => item.lot?.pieces);
  const into = countOf(pieces);
  require(into !== undefined || pieces.every((each) => each === undefined), 'HL-2303');
  require(into === undefined || into === countOf(outputs.map(({ pieces }) => pieces)), 'HL-2143');
}

function countOf(pieces: readonly (number | undefined)[]): number | undefined {
  return pieces.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + each),
    0,
  );
}

function wasteOf(inputs: readonly Pick<Input, 'item'>[]): LotFacts | undefined {
  const wasteCode = inputs[0]?.item.lot?.wasteCode;
  return wasteCode === undefined ? undefined : { wasteCode };
}
