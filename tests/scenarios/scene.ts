import {
  itemIdOf,
  type EventOf,
  type ItemEventType,
  type LedgerEvent,
  type Role,
  type Verdict,
} from '@huilian/core';
import { creditCodeNumbered, numbered, type Signer } from '@huilian/core/testing';
import { expect } from 'vitest';
import {
  administrative,
  freshSigner,
  itemEvent,
  keyEvent,
  newNonce,
  now,
  startWorld,
  type Client,
  type World,
} from '../gateway/world.js';

const YEAR = 31_536_000;

/** A licence of a party: for all categories where none are named, and for more units a year than a story has. */
export interface Licensed {
  readonly role: Role;
  readonly categories?: readonly string[];
  readonly annualCapacity?: number;
}

type Output = EventOf<'dismantle'>['data']['outputs'][number];

/** An enterprise of a scene: it signs by a key of its own, and tells what the ledger said. */
export class Actor {
  readonly #ids = new Map<string, string>();

  constructor(
    readonly name: string,
    readonly creditCode: string,
    readonly signer: Signer,
    private readonly gateway: Client,
  ) {}

  /** A new thing of this party's by its name in the story: its id, and the nonce that the id follows from. */
  thing(name: string): { item: string; nonce: string } {
    const nonce = this.#ids.get(name) ?? newNonce();
    this.#ids.set(name, nonce);
    return { item: itemIdOf(this.signer.keyId, nonce), nonce };
  }

  /** Something that comes out of another thing. */
  output(name: string, kind: Output['kind'], category: string, massGrams: number): Output {
    return { ...this.thing(name), kind, category, massGrams };
  }

  /** Records one step, and answers the verdict of the ledger. */
  async does(type: ItemEventType, item: string, data: object = {}): Promise<Verdict> {
    const [verdict] = await this.gateway.record(this.signer, [itemEvent(item, type, data)]);
    return verdict ?? 'HL-0';
  }

  /** Records steps that the ledger must accept. */
  async did(item: string, ...steps: readonly (readonly [ItemEventType, object?])[]): Promise<void> {
    const events = steps.map(([type, data]) => itemEvent(item, type, data ?? {}));
    const verdicts = await this.gateway.record(this.signer, events);
    expect(verdicts, steps.map(([type]) => type).join(', ')).toEqual(verdicts.map(() => 'accepted'));
  }

  /** Registers a new thing, and answers its id. */
  async registers(name: string, kind: string, category: string, data: object = {}): Promise<string> {
    const { item, nonce } = this.thing(name);
    await this.did(item, [
      'register',
      { kind, category, nonce, tags: kind === 'vehicle' ? numbered(item) : [], ...data },
    ]);
    return item;
  }

  /** Hands a thing to another party, which takes it. */
  async gives(item: string, to: Actor, data: object = {}): Promise<void> {
    await this.did(item, ['handover', { to: to.creditCode, ...data }]);
    await to.did(item, ['accept', { from: this.creditCode }]);
  }
}

/** A real network with a gateway in front of it, and as many enterprises as a story names. */
export class Scene {
  #parties = 0;

  private constructor(
    readonly world: World,
    readonly gateway: Client,
  ) {}

  static async begin(): Promise<Scene> {
    const world = await startWorld();
    return new Scene(world, await world.gateway());
  }

  /** An enterprise with a key, in the organisation where such enterprises are, and its licences countersigned. */
  async party(name: string, roles: readonly Role[], licences: readonly Licensed[] = []): Promise<Actor> {
    const creditCode = creditCodeNumbered(500 + ++this.#parties);
    const signer = freshSigner(this.world.network.trust.ledger);
    const office = this.officeOf(roles[0]);
    const numbered = licences.map((licence, index) => ({ ...licence, number: `${creditCode}-${index}` }));
    await this.#administers(office, [
      administrative('participant.register', { creditCode, name, roles, province: '330100' }),
      keyEvent(creditCode, signer),
      ...numbered.map(({ number, ...licence }) => grant(creditCode, number, licence)),
    ]);
    if (numbered.length > 0)
      await this.#administers(
        this.world.oversightOffice,
        numbered.map(({ number }) => administrative('licence.countersign', { creditCode, number })),
      );
    return new Actor(name, creditCode, signer, this.gateway);
  }

  /** A rule table that Oversight proposed and approved, in force since ever. */
  async table(name: string, table: object, version = 1, province = 'CN'): Promise<void> {
    const place = { name, province, version };
    await this.#administers(this.world.oversightOffice, [
      administrative('rule.propose', { ...place, from: 0, table }),
    ]);
    await this.#administers(this.world.secondOversightOffice, [administrative('rule.approve', place)]);
  }

  /** An item as the read model shows it to who held it. */
  async item(id: string, reader: Actor): Promise<unknown> {
    const token = await this.gateway.token(reader.signer);
    return (await this.gateway.get(`/v1/items/${id}`, token)).body;
  }

  end(): Promise<void> {
    return this.world.stop();
  }

  /** The office where enterprises or authorities of a role are registered. */
  officeOf(role: Role | undefined): Signer {
    if (role !== undefined && SUPERVISORS.includes(role)) return this.world.oversightOffice;
    return role !== undefined && AFTERMARKET.includes(role)
      ? this.world.aftermarketOffice
      : this.world.recyclingOffice;
  }

  async #administers(office: Signer, events: readonly LedgerEvent[]): Promise<void> {
    const verdicts = await this.gateway.record(office, events);
    expect(verdicts).toEqual(events.map(() => 'accepted'));
  }
}

const SUPERVISORS: readonly Role[] = ['auditor', 'regulator', 'police', 'finance'];
const AFTERMARKET: readonly Role[] = [
  'repairShop',
  'insurer',
  'remanufacturer',
  'auctionHouse',
  'usedCarDealer',
  'partsDealer',
];

function grant(
  creditCode: string,
  number: string,
  { role, categories = [], annualCapacity = 10_000 }: Licensed,
): LedgerEvent {
  const licence = {
    number,
    kind: role,
    categories,
    annualCapacity,
    validFrom: 0,
    validTo: now() + YEAR,
    authority: 'test',
  };
  return administrative('licence.grant', { creditCode, licence });
}
