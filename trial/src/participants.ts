import {
  keyIdOf,
  makeKeyRequest,
  type AdministrationEvent,
  type PrivateKey,
  type RuleRow,
} from '@huilian/core';
import { cast, type Enterprise } from './cast.js';
import type { GatewayClient } from './gateway-client.js';
import { trialTables } from './rule-tables.js';
import { Signer } from './signer.js';

const YEAR = 365 * 86_400;
/** Roles whose steps need a licence. */
const LICENSED = ['dismantler', 'processor', 'smelter', 'remanufacturer'];
const ADMINISTRATOR: Readonly<Record<string, string>> = {
  RecyclingMSP: 'recycling',
  AftermarketMSP: 'aftermarket',
  OversightMSP: 'oversight-1',
};

type Data<T extends AdministrationEvent['type']> = Extract<AdministrationEvent, { type: T }>['data'];

function event<T extends AdministrationEvent['type']>(type: T, data: Data<T>): AdministrationEvent {
  return { type, version: 1, time: now(), data } as AdministrationEvent;
}

/** A table as an event takes it. */
function writable(table: RuleRow['table']): Data<'rule.propose'>['table'] {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}

const now = (): number => Math.floor(Date.now() / 1000);

/** The administration of the trial: everything that must be on the ledger before the first tag is scanned. */
export class TrialAdministration {
  readonly #signers = new Map<string, Signer>();

  constructor(
    private readonly gateway: GatewayClient,
    private readonly ledger: string,
    keys: ReadonlyMap<string, PrivateKey>,
  ) {
    for (const [name, key] of keys) this.#signers.set(name, new Signer(key, gateway, ledger));
  }

  private signer(name: string): Signer {
    const signer = this.#signers.get(name);
    if (!signer) throw new Error(`no administrator ${name}`);
    return signer;
  }

  /** Registers what is missing: participants with licences in force, and the rule tables. */
  async ensure(token?: string): Promise<void> {
    for (const enterprise of Object.values(cast)) {
      const known = await this.gateway.get(`/v1/participants/${enterprise.creditCode}`, token);
      if (known === undefined) await this.admit(enterprise);
    }
    await this.releaseTables(token);
  }

  private async admit(enterprise: Enterprise): Promise<void> {
    const { creditCode, name, roles, mspId } = enterprise;
    const licences = roles.filter((role) => LICENSED.includes(role));
    await this.signer(ADMINISTRATOR[mspId] ?? '').record([
      event('participant.register', { creditCode, name, roles: [...roles], province: '320000' }),
      ...licences.map((kind) =>
        event('licence.grant', {
          creditCode,
          licence: {
            number: `DEMO-${kind}-${creditCode.slice(-4)}`,
            kind,
            categories: [],
            annualCapacity: 2_000_000,
            validFrom: now() - YEAR,
            validTo: now() + 5 * YEAR,
            authority: '示例主管部门',
          },
        }),
      ),
    ]);
    if (licences.length === 0) return;
    const countersigned = licences.map((kind) =>
      event('licence.countersign', { creditCode, number: `DEMO-${kind}-${creditCode.slice(-4)}` }),
    );
    await this.signer('oversight-1').record(countersigned);
  }

  /** One key of Oversight proposes the tables that are not on the ledger yet, the other approves them. */
  private async releaseTables(token?: string): Promise<void> {
    const known = await Promise.all(
      trialTables.map(({ name }) => this.gateway.get(`/v1/rules/${name}/CN/1`, token)),
    );
    const missing = trialTables.filter((_, i) => known[i] === undefined);
    if (missing.length === 0) return;
    const place = (name: string) => ({ name, province: 'CN', version: 1 });
    await this.signer('oversight-1').record(
      missing.map(({ name, table }) =>
        event('rule.propose', { ...place(name), from: 0, table: writable(table) }),
      ),
    );
    await this.signer('oversight-2').record(missing.map(({ name }) => event('rule.approve', place(name))));
  }

  /** Registers a device's key for an enterprise of the trial, unless it is registered. */
  async registerKey(enterprise: Enterprise, key: PrivateKey, token?: string): Promise<void> {
    const known = await this.gateway.get(`/v1/keys/${keyIdOf(key)}`, token);
    if (known !== undefined) return;
    const { owner, publicKey, proof } = makeKeyRequest(this.ledger, enterprise.creditCode, key);
    await this.signer(ADMINISTRATOR[enterprise.mspId] ?? '').record([
      event('key.register', { owner, kind: 'device', publicKey, proof }),
    ]);
  }
}
