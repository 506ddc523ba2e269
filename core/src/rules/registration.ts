import { CONTAINER_CATEGORIES, type Role } from '../model/terms.js';
import { activeParticipant, checkRole } from './actor.js';
import { requireLotOfWaste } from './hazardous.js';
import type { TagScheme } from '../tags/tag.js';
import { advance, checkStep, createItem, type ItemRule } from './item.js';
import { MIXED_INTAKE, stepOf } from './lifecycle/index.js';
import { require } from './refusal.js';
import { outOfCar } from './original-parts.js';
import { heldWithRivals } from './rivals.js';
import { isAssembly, requireCounted } from './ways.js';

/** What tells one vehicle from all others: its VIN, or the frame number of one that has none. A label can be put on anything. */
const NUMBERS: readonly TagScheme[] = ['vin', 'serial'];

/** Who takes things apart. */
const TAKE_APART: readonly Role[] = ['dismantler', 'processor'];

/**
 * An item enters the ledger. Its registrant holds and owns it. An assembly that a dismantler registers came out of a scrapped
 * vehicle, whatever its class is said to be. A vehicle whose tag another one bears that is held is held, too: else it would move on
 * under a second registration. What a workshop takes out of a car names the car.
 */
export const register: ItemRule<'register'> = (draft, event, moment) => {
  const { creditCode, participant } = activeParticipant(moment.actor);
  const { kind, category, nonce, tags, massGrams, assemblies } = event.data;
  require(kind !== 'lot' || category !== MIXED_INTAKE, 'HL-2140');
  const step = stepOf('register', kind);
  require(step, 'HL-2004');
  require(kind !== 'container' || isContainerCategory(category), 'HL-2175');
  checkRole(participant, step.roles, step.licence === true, category, moment.time);
  require(kind !== 'vehicle' || tags.some(({ scheme }) => NUMBERS.includes(scheme)), 'HL-2301');
  requireCounted({ kind, category });
  // A new part is no waste, whatever it is made of; who takes things apart has none.
  const takesApart = participant.roles.some((role) => TAKE_APART.includes(role));
  if (takesApart || event.data.class !== 'newPart')
    requireLotOfWaste(draft, { kind, category, tags }, moment.time);
  const scrapped = isAssembly(category) && participant.roles.includes('dismantler');
  const row = {
    kind,
    category,
    custodian: creditCode,
    owner: creditCode,
    ...(massGrams === undefined ? {} : { massGrams }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(kind === 'part' ? { class: event.data.class ?? 'usedPart' } : {}),
    ...(scrapped ? { fromScrapped: true } : {}),
    // What a household or another party off the ledger brings is proved by its slip.
    ...(event.data.source === undefined ? {} : { logistics: { evidence: 'C' as const } }),
    ...(kind === 'vehicle' && assemblies !== undefined ? { assemblies } : {}),
    ...(kind === 'vehicle' ? heldWithRivals(draft, tags) : {}),
    ...outOfCar(draft, event.data, { creditCode, participant }, moment.time),
  };
  createItem(draft, { id: event.item, nonce, row, state: step.to }, moment);
};

function isContainerCategory(category: string): boolean {
  return (CONTAINER_CATEGORIES as readonly string[]).includes(category);
}

/** The holder says whether the item is fit for use. A later inspection replaces an earlier one. */
export const inspect: ItemRule<'inspect'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  advance(draft, event.item, item, step, moment, { inspection: event.data.result });
};
