import { possessionBytes } from '../rules/keys.js';
import type { AdministrationEvent, EventOf, ItemEvent, LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { OVERSIGHT, type Role } from '../model/terms.js';
import type { Tag } from '../tags/tag.js';
import type { Verdict } from '../rules/apply.js';
import { creditCodeNumbered, signSteadily } from './keys.js';
import type { Signer } from './signer.js';
import { World } from './world.js';

/** An enterprise with one registered key. */
export interface Party {
  readonly creditCode: string;
  readonly mspId: string;
  readonly signer: Signer;
}

/** What else a test may say of an enterprise. */
export interface PartyOptions {
  readonly mspId?: string;
  readonly licence?: boolean;
  readonly categories?: readonly string[];
}

/** An event without the fields that all share. */
export type Plain<E extends LedgerEvent> = E extends LedgerEvent
  ? Omit<E, 'version' | 'time'> & { readonly cites?: string; readonly replaces?: string }
  : never;

const LICENSED: readonly Role[] = [
  'dismantler',
  'processor',
  'remanufacturer',
  'secondLifeUser',
  'smelter',
  'shredder',
  'hazardousWasteHandler',
];

/** So many roles that who has them may take any step that is not Oversight's. */
export const ALL_TRADES: readonly Role[] = [
  ...LICENSED,
  'collector',
  'repairShop',
  'insurer',
  'auctionHouse',
  'carrier',
];

/** The field in small: three organisations, their administrators, and as many enterprises as a test names. */
export class Trade {
  readonly world = new World();
  readonly recycling: Signer;
  readonly aftermarket: Signer;
  readonly oversight: Signer;
  readonly secondOversight: Signer;
  #parties = 0;

  constructor() {
    this.world.found();
    this.recycling = this.world.administrator('recycling administrator', 'RecyclingMSP');
    this.aftermarket = this.world.administrator('aftermarket administrator', 'AftermarketMSP');
    this.oversight = this.world.administrator('oversight administrator', OVERSIGHT);
    this.secondOversight = this.world.administrator('second oversight administrator', OVERSIGHT);
  }

  /** Adds the version and the signer's time. */
  event<E extends ItemEvent | AdministrationEvent>(plain: Plain<E>): LedgerEvent {
    return { version: 1, time: this.world.time, ...plain } as unknown as LedgerEvent;
  }

  /** One event of an enterprise or an administrator, recorded alone. */
  does(who: Party | Signer, plain: Plain<LedgerEvent>): Verdict {
    return this.world.verdict('signer' in who ? who.signer : who, this.event(plain));
  }

  /** As {@link does}, for what a test takes as given; several events make one batch. */
  given(who: Party | Signer, ...plains: Plain<LedgerEvent>[]): void {
    const events = plains.map((plain) => this.event(plain));
    const verdicts = this.world.verdicts('signer' in who ? who.signer : who, ...events);
    verdicts.forEach((verdict, i) => {
      if (verdict !== 'accepted') throw new Error(`${plains[i]?.type} was refused: ${verdict}`);
    });
  }

  administratorOf(mspId: string): Signer {
    if (mspId === OVERSIGHT) return this.oversight;
    return mspId === 'RecyclingMSP' ? this.recycling : this.aftermarket;
  }

  /** An enterprise with its key and, where its roles need them, countersigned licences, for all categories if none are named. */
  party(name: string, roles: readonly Role[], options: PartyOptions = {}): Party {
    const { mspId = 'RecyclingMSP', licence = true, categories = [] } = options;
    const creditCode = creditCodeNumbered(++this.#parties);
    const signer = this.world.signer(`${name}'s device`);
    const licensed = licence ? roles.filter((role) => LICENSED.includes(role)) : [];
    this.given(
      this.administratorOf(mspId),
      {
        type: 'participant.register',
        data: { creditCode, name, roles: [...roles], province: '310000' },
      },
      this.#registration(signer, creditCode),
      ...licensed.map((role) => grantOf(creditCode, role, categories)),
    );
    const countersigned = licensed.map((role) => ({
      type: 'licence.countersign' as const,
      data: { creditCode, number: `L-${role}` },
    }));
    if (countersigned.length > 0) this.given(this.oversight, ...countersigned);
    return { creditCode, mspId, signer };
  }

  /** A further key of an enterprise. */
  key(
    name: string,
    owner: string,
    mspId: string,
    validTo?: number,
    kind: 'device' | 'service' = 'device',
  ): Signer {
    const signer = this.world.signer(`${name}'s device`);
    this.given(this.administratorOf(mspId), this.#registration(signer, owner, validTo, kind));
    return signer;
  }

  #registration(
    signer: Signer,
    owner: string,
    validTo?: number,
    kind: 'device' | 'service' = 'device',
  ): Plain<EventOf<'key.register'>> {
    const { x, y } = signer.key;
    const proof = signSteadily(signer.key, possessionBytes(this.world.ledger, owner, { x, y }));
    return {
      type: 'key.register',
      data: {
        owner,
        kind,
        publicKey: { x, y },
        proof,
        ...(validTo === undefined ? {} : { validTo }),
      },
    };
  }

  /** A table that Oversight proposed and approved. */
  table(
    name: string,
    version: number,
    table: EventOf<'rule.propose'>['data']['table'],
    from = 0,
    province = 'CN',
  ): void {
    const place = { name, province, version };
    this.given(this.oversight, { type: 'rule.propose', data: { ...place, from, table } });
    this.given(this.secondOversight, { type: 'rule.approve', data: place });
  }

  /** A scrapped vehicle at a dismantler that holds it: taken in and certified. @returns its id */
  scrapped(
    plant: Party,
    name: string,
    received: Partial<EventOf<'receive'>['data']> = {},
    tag?: Tag,
  ): string {
    const { item, nonce } = plant.signer.item(name);
    const number = name.replace(/[^A-Za-z0-9]+/g, '-');
    const tags = [tag ?? { scheme: 'serial' as const, value: number }];
    this.given(
      plant,
      { type: 'register', item, data: { kind: 'vehicle', category: 'sedan', nonce, tags } },
      { type: 'surrender', item, data: {} },
      { type: 'receive', item, data: { massGrams: 1_000_000, ...received } },
      { type: 'issueCertificate', item, data: { number: `C-${number}` } },
    );
    return item;
  }

  /** The same, its fluids drained: parts may come out. */
  depolluted(
    plant: Party,
    name: string,
    received: Partial<EventOf<'receive'>['data']> = {},
    tag?: Tag,
  ): string {
    const item = this.scrapped(plant, name, received, tag);
    const fluids = {
      ...plant.signer.item(`${name}'s fluids`),
      kind: 'lot' as const,
      category: 'wasteOil',
      massGrams: 5_000,
    };
    this.given(plant, { type: 'depollute', item, data: { outputs: [fluids] } });
    return item;
  }

  /** A new part that a party bought of a dealer, who brought it into the ledger. @returns its id */
  bought(buyer: Party, name: string, category: string, massGrams: number): string {
    const dealer = this.party(`dealer of ${name}`, ['partsDealer'], { mspId: 'AftermarketMSP' });
    const { item, nonce } = dealer.signer.item(name);
    const data = { kind: 'part' as const, category, nonce, tags: [], massGrams, class: 'newPart' as const };
    this.given(
      dealer,
      { type: 'register', item, data },
      { type: 'handover', item, data: { to: buyer.creditCode } },
    );
    this.given(buyer, { type: 'accept', item, data: { from: dealer.creditCode } });
    return item;
  }

  item(id: string): ItemRow {
    const row = this.world.row(rowKey.item(id));
    if (!row) throw new Error(`no item ${id}`);
    return row;
  }
}

function grantOf(
  creditCode: string,
  kind: Role,
  categories: readonly string[],
): Plain<EventOf<'licence.grant'>> {
  return {
    type: 'licence.grant',
    data: {
      creditCode,
      licence: {
        number: `L-${kind}`,
        kind,
        categories: [...categories],
        annualCapacity: 100_000,
        validFrom: 0,
        validTo: 2_000_000_000,
        authority: '生态环境局',
      },
    },
  };
}
