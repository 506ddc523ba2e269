import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowKey } from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMessage } from '../messages/read-message.js';
import { RulesLedger } from '../testing/rules-ledger.js';
import { Inbox } from './inbox.js';
import { Worker } from './worker.js';

const VIN = 'LSVAM4186C2123456';
let folder: string;
let trade: Trade;
let plant: Party;
let ledger: RulesLedger;
let inbox: Inbox;
let worker: Worker;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-inbox-'));
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  ledger = new RulesLedger(trade.world, plant.signer);
  now = trade.world.time * 1000;
  open();
});
afterEach(() => {
  inbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): void {
  inbox = Inbox.open(join(folder, 'inbox.db'), {
    system: 'scrappedVehicle',
    keyId: ledger.keyId,
    ledger: ledger.ledger,
  });
  worker = new Worker(inbox, ledger, {
    retries: { first: 1_000, longest: 4_000, giveUpAfter: 60_000 },
    now: () => now,
  });
}

function take(id: string, type: string, data: object): void {
  const document = { id, type, version: 1, time: '2025-07-01T12:00:00+08:00', data };
  const message = readMessage('scrappedVehicle', Buffer.from(JSON.stringify(document)));
  inbox.take(message, JSON.stringify(document), now);
}

async function work(): Promise<void> {
  while (await worker.turn());
}

const states = (): (readonly [string, string])[] =>
  inbox.list(0, 100).map(({ message, state }) => [message.id, state] as const);
const verdicts = (id: string): string[] | undefined => inbox.get(id)?.outcomes.map(({ verdict }) => verdict);
const vehicle = () => {
  const tag = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }));
  return tag && trade.item(tag.item);
};
const intake = {
  certificateNumber: 'HS-2026-0001',
  vin: VIN,
  vehicleType: 'passengerCar',
  intakeDate: '2025-07-01',
  netMassGrams: 1_350_000,
  ownerKind: 'individual',
};

describe('a message of a dismantler', () => {
  it('about a car that was taken in becomes its registration, surrender, reception and certificate', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    await work();
    expect(verdicts('1')).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(vehicle()).toMatchObject({
      state: 'certificateIssued',
      certificate: 'HS-2026-0001',
      massGrams: 1_350_000,
    });
  });

  it('about a car that one before it brings in finds it, in the same round', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    take('2', 'vehicleDepolluted', {
      vin: VIN,
      outputs: [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000 }],
    });
    take('3', 'vehicleDismantled', {
      vin: VIN,
      outputs: [{ kind: 'part', category: 'starter', massGrams: 6_200, partSerial: 'ST-0001' }],
    });
    take('4', 'partInspected', { partSerial: 'ST-0001', result: 'fit' });
    await work();
    expect(['2', '3', '4'].map(verdicts)).toEqual([['accepted'], ['accepted'], ['accepted']]);
    expect(vehicle()?.state).toBe('dismantled');
  });

  it('that breaks a rule is settled with the code of the refusal', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    take('2', 'vehicleDismantled', {
      vin: VIN,
      outputs: [{ kind: 'part', category: 'door', massGrams: 9_000 }],
    });
    await work();
    expect(verdicts('2')).toEqual(['HL-2101']);
    expect(inbox.get('2')?.state).toBe('settled');
  });

  it('that offers a refused one again cites it', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    const data = { vin: VIN, outputs: [{ kind: 'part', category: 'door', massGrams: 9_000 }] };
    take('2', 'vehicleDismantled', data);
    take('3', 'vehicleDepolluted', {
      vin: VIN,
      outputs: [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000 }],
    });
    await work();
    const refused = inbox.get('2')?.outcomes[0]?.id;
    const document = {
      id: '4',
      type: 'vehicleDismantled',
      version: 1,
      time: '2025-07-01T12:00:00Z',
      cites: '2',
      data,
    };
    inbox.take(readMessage('scrappedVehicle', Buffer.from(JSON.stringify(document))), 'd', now);
    await work();
    expect(verdicts('4')).toEqual(['accepted']);
    expect(inbox.get('4')?.plan?.events[0]).toMatchObject({ cites: refused });
  });

  it('about a car that nobody registered waits, longer each time, and is put aside in the end', async () => {
    take('1', 'vehicleSurrendered', { vin: VIN });
    await work();
    expect(inbox.get('1')).toMatchObject({ state: 'waiting', code: 'HL-9220', attempts: 1 });
    expect(inbox.nextDue()).toBe(now + 1_000);
    now += 1_000;
    await work();
    expect(inbox.nextDue()).toBe(now + 2_000);
    now += 60_000;
    await work();
    expect(inbox.get('1')).toMatchObject({ state: 'failed', code: 'HL-9221' });
    take('1', 'vehicleSurrendered', { vin: VIN });
    expect(inbox.get('1')).toMatchObject({ state: 'received', attempts: 0 });
  });

  it('about a thing whose number two claim, the first of which is gone, is put aside at once; the others go on', async () => {
    const registered = (who: Party): string => {
      const { item, nonce } = who.signer.item('starter');
      const tags = [{ scheme: 'serial' as const, value: 'ST-1' }];
      const data = { kind: 'part' as const, category: 'starter', nonce, tags };
      trade.given(who, { type: 'register', item, data });
      return item;
    };
    const works = trade.party('works', ['dismantler', 'shredder']);
    const first = registered(works);
    const second = registered(trade.party('rival', ['dismantler']));
    trade.given(works, { type: 'dispose', item: first, data: { method: 'shredded' } });
    take('1', 'partInspected', { partSerial: 'ST-1', result: 'fit' });
    take('2', 'scrappedVehicleIntake', intake);
    await work();
    expect(inbox.get('1')).toMatchObject({ state: 'failed', code: 'HL-7034' });
    expect(inbox.get('1')?.details).toEqual({ items: `${first}, ${second}` });
    expect(inbox.get('2')?.state).toBe('settled');
  });

  it('that waits goes on by itself when the registration has arrived', async () => {
    take('1', 'vehicleSurrendered', { vin: VIN });
    await work();
    take('2', 'vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    now += 1_000;
    await work();
    now += 2_000;
    await work();
    expect(states()).toEqual([
      ['1', 'settled'],
      ['2', 'settled'],
    ]);
    expect(vehicle()?.state).toBe('surrendered');
  });

  it('about a car that is registered already registers nothing', async () => {
    take('1', 'vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    take('2', 'vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    await work();
    expect([verdicts('1'), verdicts('2')]).toEqual([['accepted'], []]);
  });

  it('whose registration was refused leaves its tag free', async () => {
    const shop = trade.party('smelter', ['smelter']);
    inbox.close();
    rmSync(join(folder, 'inbox.db'));
    ledger = new RulesLedger(trade.world, shop.signer);
    open();
    take('1', 'vehicleRegistered', { vin: VIN, vehicleType: 'sedan' });
    await work();
    expect(verdicts('1')?.[0]).toMatch(/^HL-/);
    expect(inbox.boundTo({ scheme: 'vin', value: VIN })).toBeUndefined();
  });
});

describe('without a network', () => {
  it('what needs no look-up is signed and what does waits; all is recorded once when it is back', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    await work();
    ledger.isOnline = false;
    take('2', 'vehicleDepolluted', {
      vin: VIN,
      outputs: [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000 }],
    });
    take('3', 'vehicleRegistered', { vin: 'LSVAM4187C2184847', vehicleType: 'sedan' });
    await work();
    expect(states().slice(1)).toEqual([
      ['2', 'signed'],
      ['3', 'waiting'],
    ]);
    expect(worker.held).toBe('HL-7015');
    ledger.isOnline = true;
    now += 1_000;
    await work();
    expect([verdicts('2'), verdicts('3')]).toEqual([['accepted'], ['accepted']]);
  });
});

describe('an adapter that was killed', () => {
  it.each(['beforeSigning', 'afterSigning'] as const)('%s records each message once', async (place) => {
    take('1', 'scrappedVehicleIntake', intake);
    ledger.killAt = place;
    await expect(work()).rejects.toThrow('killed');
    expect(states()).toEqual([['1', 'planned']]);
    inbox.close();
    ledger.killAt = undefined;
    open();
    await work();
    expect(verdicts('1')).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(trade.world.transactions.at(-1)?.recorded.batches).toHaveLength(1);
    expect(vehicle()?.count).toBe(4);
  });

  it('says so when somebody else signed with its key meanwhile', async () => {
    take('1', 'scrappedVehicleIntake', intake);
    ledger.killAt = 'beforeSigning';
    await expect(work()).rejects.toThrow('killed');
    ledger.killAt = undefined;
    const other = plant.signer.item('other');
    await ledger.sign([
      trade.event({
        type: 'register',
        item: other.item,
        data: { kind: 'lot', category: 'steel', nonce: other.nonce, tags: [] },
      }),
    ]);
    inbox.close();
    open();
    await work();
    expect(inbox.get('1')).toMatchObject({ state: 'failed', code: 'HL-9222' });
  });
});

describe('an inbox', () => {
  it('refuses another body under an id that it has, and takes the same one again', () => {
    take('1', 'vehicleSurrendered', { vin: VIN });
    take('1', 'vehicleSurrendered', { vin: VIN });
    expect(states()).toHaveLength(1);
    expect(() => {
      take('1', 'vehicleSurrendered', { vin: 'LSVAM4187C2184847' });
    }).toThrow(expect.objectContaining({ code: 'HL-9203' }) as Error);
  });

  it('is open in one process only, and belongs to one system and key', () => {
    const path = join(folder, 'inbox.db');
    const owner = { system: 'scrappedVehicle', keyId: ledger.keyId, ledger: ledger.ledger } as const;
    expect(() => Inbox.open(path, owner)).toThrow(expect.objectContaining({ code: 'HL-9230' }) as Error);
    inbox.close();
    expect(() => Inbox.open(path, { ...owner, system: 'repair' })).toThrow(
      expect.objectContaining({ code: 'HL-9232' }) as Error,
    );
    open();
  });
});
