import {
  civilDate,
  dayOf,
  termsTable,
  TIME_LIMIT_TABLE,
  trialTerms,
  type Finding,
  type LedgerEvent,
} from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrative, now } from '../gateway/world.js';
import { Scene, type Actor } from './scene.js';
import { verifyScene } from './verified.js';

let scene: Scene;
let plant: Actor;
let neighbour: Actor;
let police: Actor;
let regulator: string;
let bus: string;

/** The plant may take in two vehicles a year. School buses are dismantled under the eyes of the police, within ten days. */
beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 50 });
  await scene.table('supervisedCategories', { categories: ['schoolBus', 'trailer'] });
  const ten = { count: 'calendarDays' as const, days: 10 };
  const supervision = { from: 20180101, to: undefined, term: ten, warnDays: 2, confirmed: false };
  await scene.table(TIME_LIMIT_TABLE, termsTable(new Map(trialTerms()).set('supervision', [supervision])));
  const licences = [{ role: 'dismantler' as const, annualCapacity: 2 }];
  plant = await scene.party('拆解厂', ['dismantler'], licences);
  neighbour = await scene.party('邻厂', ['dismantler'], licences);
  police = await scene.party('公安交管', ['police']);
  regulator = await scene.gateway.token(scene.world.oversightOffice);
});
afterAll(() => scene.end());

async function read<T>(path: string, signer?: Signer): Promise<T> {
  const token = signer === undefined ? regulator : await scene.gateway.token(signer);
  const { body, status, text } = await scene.gateway.get(path, token);
  expect(status, text).toBe(200);
  return body as unknown as T;
}

/** What the history of an item says of its steps of one type, oldest first. */
async function steps(item: string, type: string): Promise<readonly { verdict: string; notice?: string }[]> {
  const { events } = await read<{
    events: { event: LedgerEvent; verdict: string; notice?: string; clocks?: unknown }[];
  }>(`/v1/items/${item}/history`);
  return events.filter(({ event }) => event.type === type);
}

async function supervisionOf(item: string): Promise<unknown> {
  const { clocks } = await read<{ clocks: { timeLimit: string }[] }>(
    `/v1/items/${item}/clocks`,
    plant.signer,
  );
  return clocks.find(({ timeLimit }) => timeLimit === 'supervision');
}

describe('A school bus, which is destroyed under the eyes of the police', () => {
  const seats = () => plant.output('seats', 'lot', 'textile', 200_000);

  it('is supervised as soon as the plant takes it in, although the plant declared nothing', async () => {
    bus = await plant.registers('bus', 'vehicle', 'schoolBus');
    await plant.did(bus, ['surrender'], ['receive', { massGrams: 6_000_000 }]);
    expect(await steps(bus, 'receive')).toMatchObject([{ verdict: 'accepted', notice: 'HL-2270' }]);
    expect(await supervisionOf(bus)).toMatchObject({ state: 'running', party: plant.creditCode });
  });

  it('gets its certificate and is drained before they come', async () => {
    const oil = plant.output('oil', 'lot', 'wasteOil', 20_000);
    await plant.did(bus, ['issueCertificate', { number: 'C-BUS' }], ['depollute', { outputs: [oil] }]);
  });

  it('is not dismantled before they have signed, and the refusal stays on its record', async () => {
    expect(await plant.does('dismantle', bus, { outputs: [seats()] })).toBe('HL-2102');
    expect(await steps(bus, 'dismantle')).toMatchObject([{ verdict: 'HL-2102' }]);
  });

  it('does not get that signature from the plant, nor from another one', async () => {
    const evidence = ['a'.repeat(64)];
    for (const other of [plant, neighbour])
      expect(await other.does('witness', bus, { evidence })).toBe('HL-2030');
    expect(await supervisionOf(bus)).toMatchObject({ state: 'running' });
  });

  it('is dismantled once they have signed, within their term', async () => {
    await police.did(bus, ['witness', { evidence: ['b'.repeat(64)] }]);
    expect(await supervisionOf(bus)).toMatchObject({ state: 'met' });
    const [, , signed] = await steps(bus, 'witness');
    expect(signed).toMatchObject({
      verdict: 'accepted',
      clocks: [{ timeLimit: 'supervision', state: 'met' }],
    });
    await plant.did(bus, ['dismantle', { outputs: [seats()] }]);
  });

  it('leaves a hulk that is shredded, and nobody need come again', async () => {
    const balance = { lossGrams: 30_000, toleranceVersion: 1 };
    await plant.did(bus, ['leaveHulk', { massGrams: 5_750_000, ...balance }]);
    const steel = plant.output('steel', 'lot', 'steel', 5_700_000);
    await plant.did(bus, ['shred', { outputs: [steel], lossGrams: 50_000, toleranceVersion: 1 }]);
    expect(await read(`/v1/items/${bus}`)).toMatchObject({ state: 'shredded' });
  });
});

describe('A plant that takes in more in a year than its licence allows', () => {
  let third: string;
  let finding: Finding;

  const takesIn = async (who: Actor, name: string): Promise<string> => {
    const car = await who.registers(name, 'vehicle', 'sedan');
    await who.did(car, ['surrender'], ['receive', { massGrams: 1_200_000 }]);
    return car;
  };
  const found = async (query: string, signer?: Signer): Promise<readonly Finding[]> =>
    (await read<{ findings: Finding[] }>(`/v1/findings?kind=capacityExceeded&${query}`, signer)).findings;
  const decides = (outcome: string, reason: string): Promise<readonly string[]> =>
    scene.gateway.record(scene.world.oversightOffice, [
      administrative('finding.decide', { finding: finding.id, outcome, reason }),
    ]);

  it('is told nothing as long as it keeps to it: the bus was the first, a car is the second', async () => {
    await takesIn(plant, 'second');
    await takesIn(neighbour, 'a car next door');
    expect(await found('')).toEqual([]);
  });

  it('is not refused the third, for it stands in the yard; it is a finding, with what was counted', async () => {
    third = await takesIn(plant, 'third');
    const findings = await found('');
    expect(findings).toMatchObject([
      {
        party: plant.creditCode,
        items: [third],
        verdict: 'accepted',
        status: 'open',
        evidence: { year: civilDate(dayOf(now())).year, capacity: 2, count: 3 },
      },
    ]);
    finding = findings[0]!;
  });

  it('is told of once, however many come after it', async () => {
    await takesIn(plant, 'fourth');
    expect((await found('')).map(({ id }) => id)).toEqual([finding.id]);
  });

  it('sees its own finding, and the plant next door does not', async () => {
    expect((await found('', plant.signer)).map(({ id }) => id)).toEqual([finding.id]);
    expect(await found('', neighbour.signer)).toEqual([]);
  });

  it('does not decide what that was: Oversight does, and may think better of it', async () => {
    const own = administrative('finding.decide', {
      finding: finding.id,
      outcome: 'unfounded',
      reason: 'notSo',
    });
    expect(await scene.gateway.record(plant.signer, [own])).not.toEqual(['accepted']);
    expect(await decides('irregular', 'aboveLicence')).toEqual(['accepted']);
    expect(await decides('mistake', 'licenceExtended')).toEqual(['accepted']);
    expect(await read(`/v1/findings/${finding.id}`, plant.signer)).toMatchObject({
      status: 'decided',
      decision: { outcome: 'mistake', reason: 'licenceExtended', by: 'OversightMSP' },
      earlier: [{ outcome: 'irregular', reason: 'aboveLicence' }],
    });
    expect(await found('status=open')).toEqual([]);
  });
});

it('An auditor finds the same rows, findings and time limits in the blocks', () => verifyScene(scene));
