import { provePossession } from '../rules/keys.js';
import type { AdministrationEvent, ItemEvent, LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { OVERSIGHT, type Role } from '../model/terms.js';
import type { Verdict } from '../rules/apply.js';
import { creditCodeNumbered } from './keys.js';
import type { Signer } from './signer.js';
import { World } from './world.js';

/** An enterprise with one registered key. */
export interface Party {
  readonly creditCode: string;
  readonly mspId: string;
  readonly signer: Signer;
}

/** An event without the fields that all share. */
export type Plain<E extends LedgerEvent> = E extends LedgerEvent
  ? Omit<E, 'version' | 'time'> & { readonly cites?: string }
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

  /** As {@link does}, for what a test takes as given. */
  given(who: Party | Signer, plain: Plain<LedgerEvent>): void {
    const verdict = this.does(who, plain);
    if (verdict !== 'accepted') throw new Error(`${plain.type} was refused: ${verdict}`);
  }

  administratorOf(mspId: string): Signer {
    if (mspId === OVERSIGHT) return this.oversight;
    return mspId === 'RecyclingMSP' ? this.recycling : this.aftermarket;
  }

  /** An enterprise with its key and, where its roles need them, countersigned licences for all categories. */
  party(name: string, roles: readonly Role[], options: { mspId?: string; licence?: boolean } = {}): Party {
    const { mspId = 'RecyclingMSP', licence = true } = options;
    const creditCode = creditCodeNumbered(++this.#parties);
    const administrator = this.administratorOf(mspId);
    const data = { creditCode, name, roles: [...roles], province: '310000' };
    this.given(administrator, { type: 'participant.register', data });
    const signer = this.key(name, creditCode, mspId);
    if (licence) for (const role of roles) this.#license(administrator, creditCode, role);
    return { creditCode, mspId, signer };
  }

  /** A further key of an enterprise. */
  key(name: string, owner: string, mspId: string, validTo?: number): Signer {
    const signer = this.world.signer(`${name}'s device`);
    const { x, y } = signer.key;
    this.given(this.administratorOf(mspId), {
      type: 'key.register',
      data: {
        owner,
        kind: 'device',
        publicKey: { x, y },
        proof: provePossession(this.world.ledger, owner, signer.key),
        ...(validTo === undefined ? {} : { validTo }),
      },
    });
    return signer;
  }

  /** A table that Oversight proposed and approved. */
  table(name: string, version: number, table: Record<string, number>, from = 0): void {
    const place = { name, province: 'CN', version };
    this.given(this.oversight, { type: 'rule.propose', data: { ...place, from, table } });
    this.given(this.secondOversight, { type: 'rule.approve', data: place });
  }

  item(id: string): ItemRow {
    const row = this.world.row(rowKey.item(id));
    if (!row) throw new Error(`no item ${id}`);
    return row;
  }

  #license(administrator: Signer, creditCode: string, kind: Role): void {
    if (!LICENSED.includes(kind)) return;
    const number = `L-${kind}`;
    this.given(administrator, {
      type: 'licence.grant',
      data: {
        creditCode,
        licence: {
          number,
          kind,
          categories: [],
          annualCapacity: 100_000,
          validFrom: 0,
          validTo: 2_000_000_000,
          authority: '生态环境局',
        },
      },
    });
    this.given(this.oversight, { type: 'licence.countersign', data: { creditCode, number } });
  }
}
