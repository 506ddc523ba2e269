import type { EventOf, ItemEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import { Trade, type Party, type Plain } from './trade.js';

export type Received = EventOf<'receiveUnit'>['data'];
type Output = EventOf<'dismantle'>['data']['outputs'][number];

export const photograph = 'a'.repeat(64);
export const serial = (value: string): Tag => ({ scheme: 'serial', value });

/** A plant for appliances, who collects for it, and a shop that sells them again, with the tables that appliances need. */
export class ApplianceWorks {
  readonly trade = new Trade();
  readonly plant: Party;
  readonly collector: Party;
  readonly shop: Party;

  constructor() {
    this.trade.table('massTolerance', 1, { permille: 50 });
    this.trade.table('requiredParts', 1, {
      crtTelevision: ['crt'],
      lcdTelevision: ['panel'],
      refrigerator: ['compressor', 'cabinet'],
      washingMachine: ['motor'],
      oneBody: ['compressor', 'condenser', 'evaporator'],
      splitIndoor: ['evaporator'],
      splitOutdoor: ['compressor', 'condenser'],
      desktopHost: ['mainboard'],
      laptop: ['mainboard'],
    });
    this.trade.table('lineSteps', 1, {
      refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'],
      desktopHost: ['openHousing', 'removeBoards'],
      computer: ['openHousing'],
    });
    this.plant = this.trade.party('plant', ['processor']);
    this.collector = this.trade.party('collector', ['collector']);
    this.shop = this.trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  }

  registered(who: Party, name: string, category: string, tags: Tag[] = []): string {
    const { item, nonce } = who.signer.item(name);
    this.trade.given(who, { type: 'register', item, data: { kind: 'device', category, nonce, tags } });
    return item;
  }

  fact(item: string): ItemRow['appliance'] {
    return this.trade.item(item).appliance;
  }

  /** A refrigerator that the plant has weighed in, labelled and sorted. */
  fridge(name = 'fridge', route: 'reuse' | 'process' = 'process'): string {
    const item = this.registered(this.plant, name, 'refrigerator', [serial(name)]);
    this.trade.given(
      this.plant,
      receiving(item, { type: 'fridge', volumeLitres: 205, label: serial(`LABEL-${name}`) }),
      sorting(item, route),
    );
    return item;
  }

  /** A laptop that is to be used again. */
  laptop(name = 'laptop', data: Partial<Received> = {}): string {
    const item = this.registered(this.plant, name, 'computer', [serial(name)]);
    const unit = receiving(item, { type: 'laptop', massGrams: 2_100, ...data });
    this.trade.given(this.plant, unit, sorting(item, 'reuse'));
    return item;
  }

  output(name: string, massGrams: number): Output {
    return { ...this.plant.signer.item(name), kind: 'lot', category: 'steel', massGrams };
  }

  dismantling(item: string, massGrams = 40_000): Plain<ItemEvent> {
    const outputs = [this.output(`steel of ${item}`, massGrams)];
    return { type: 'dismantle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } };
  }
}

export const receiving = (item: string, data: Partial<Received> = {}): Plain<EventOf<'receiveUnit'>> => ({
  type: 'receiveUnit',
  item,
  data: { massGrams: 40_000, identity: 'label', partsVersion: 1, ...data },
});
export const sorting = (item: string, route: 'reuse' | 'process'): Plain<EventOf<'triage'>> => ({
  type: 'triage',
  item,
  data: { route },
});
export const issuing = (item: string, stepsVersion = 1): Plain<EventOf<'issueToLine'>> => ({
  type: 'issueToLine',
  item,
  data: { line: 'LINE-1', stepsVersion },
});
export const stepping = (item: string, step: string): Plain<EventOf<'lineStep'>> => ({
  type: 'lineStep',
  item,
  data: { step },
});
