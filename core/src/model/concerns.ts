import type { EventOf, LedgerEvent } from './events.js';

/** The item that an event is about; administration is about none. */
export function itemOf(event: LedgerEvent): string | undefined {
  return 'item' in event && typeof event.item === 'string' ? event.item : undefined;
}

/** The things that an acceptance leaves with the giver. */
function exceptedOf({ data }: EventOf<'accept'>): readonly string[] {
  return data.exceptions?.flatMap(({ items }) => items) ?? none;
}

const none: readonly string[] = [];

/** Other items that an event concerns: what comes out of it, what it is fitted or packed into, to whom a tag goes. */
export function mentionsOf(event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case 'register':
      return event.data.outOf === undefined ? none : [event.data.outOf];
    case 'depollute':
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return event.data.outputs.map((output) => output.item);
    case 'remanufacture':
    case 'repurpose':
      return [event.data.product.item];
    case 'fit':
      return [event.data.into];
    case 'remove':
      return [event.data.from];
    case 'bindSet':
    case 'unbindSet':
      return [event.data.partner];
    case 'sort':
    case 'split':
      return event.data.outputs.map((output) => output.item);
    case 'merge':
      return [...event.data.others, event.data.output.item];
    case 'transform':
      return [...(event.data.others ?? []), ...event.data.outputs.map((output) => output.item)];
    case 'sample':
      return [event.data.output.item];
    case 'openManifest':
      return event.data.lots.map(({ item }) => item);
    case 'acceptManifest':
      return [...event.data.lots.map(({ item }) => item), ...(event.data.refused?.lots ?? none)];
    case 'carryManifest':
    case 'takeBackLots':
    case 'refuseManifest':
    case 'cancelManifest':
      return event.data.lots;
    case 'changeRegistration':
      return [event.data.part];
    case 'receiveCore':
      return [event.data.product];
    case 'claimEntitlement':
      return [event.data.core];
    case 'correct':
    case 'agreeCorrection':
      return event.data.outputs ?? [];
    case 'pack':
    case 'unpack':
      return event.data.items;
    case 'accept':
      return exceptedOf(event);
    case 'tag.award':
      return [event.data.item];
    default:
      return [];
  }
}
