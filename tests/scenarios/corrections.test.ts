import type { LedgerEvent } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { cast } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../event/device.js';
import { Stage } from '../event/stage.js';
import { registration } from '../gateway/world.js';
import { linesOf } from '../event/terminal.js';

/** An event as the command prints it. */
interface Told {
  readonly item: string;
  readonly event: string;
  readonly status: string;
  readonly code?: string;
}

interface Work {
  readonly id: string;
  readonly root: string;
  readonly refusals: number;
  readonly left: number;
  readonly correction?: { readonly effect: string };
}

interface Traced {
  readonly trace: readonly {
    readonly events: readonly {
      readonly id: string;
      readonly event: { readonly type: string };
      readonly correction?: { readonly effect: string; readonly signers: readonly string[] };
    }[];
  }[];
}

let stage: Stage;
let plant: Device;
let shop: Device;
let auditor: Device;
let yard: Signer;

beforeAll(async () => {
  stage = await Stage.start();
  plant = await stage.device('plant', cast.dismantler);
  shop = await stage.device('shop', cast.repairShop);
  auditor = await stage.device('auditor', cast.auditor);
  yard = await stage.signer(cast.dismantler);
});
afterAll(() => stage.stop());

/** Parts that lie in the plant's yard. */
async function parts(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () =>
    registration(yard, { kind: 'part', category: 'door', massGrams: 9_000 }),
  );
  const events: LedgerEvent[] = made.map(({ event }) => event);
  expect(new Set(await stage.client.record(yard, events))).toEqual(new Set(['accepted']));
  return made.map(({ item }) => item);
}

async function workOf(device: Device): Promise<readonly Work[]> {
  const [listed] = await device.done<{ work: Work[] }>('work', 'list');
  return listed?.work ?? [];
}

async function typesOf(device: Device, item: string, ...options: string[]): Promise<string[]> {
  const [traced] = await device.done<Traced>('item', 'trace', item, ...options);
  return (traced?.trace[0]?.events ?? []).map(({ event }) => event.type);
}

const batchOf = (event = ''): string => event.slice(0, event.lastIndexOf('.'));

describe('the wrong pallet at 08:00', () => {
  it('is one piece of work with 200 refusals, mended by one correction and one re-offer', async () => {
    const pallet = await parts(200);
    const handed = await plant.done<Told>('handover', ...pallet, '--to', cast.repairShop.creditCode);
    const refused = await plant.run('inspect', ...pallet, '--result', 'fit', '--json');
    expect(refused.exit).toBe(3);
    expect(linesOf<Told>(refused).map(({ code }) => code)).toEqual(pallet.map(() => 'HL-2021'));

    const [work, ...more] = await workOf(plant);
    expect(more).toEqual([]);
    expect(work).toMatchObject({ root: handed[0]?.event, refusals: 200, left: 200 });
    expect(await workOf(shop), 'the work of the plant is not the shop’s').toEqual([]);

    await plant.done('correct', batchOf(work?.root), '--reason', 'wrongItem');
    expect(await workOf(plant)).toMatchObject([{ left: 200, correction: { effect: 'takenBack' } }]);

    const again = await plant.done<Told>('work', 'reoffer', work?.id ?? '');
    expect(again.map(({ item, status }) => [item, status])).toEqual(pallet.map((item) => [item, 'accepted']));
    expect(await workOf(plant)).toEqual([]);
    expect(await typesOf(plant, pallet[0] ?? '', '--effective')).toEqual(['register', 'inspect']);
    expect(await typesOf(plant, pallet[0] ?? '')).toEqual([
      'register',
      'handover',
      'inspect',
      'correct',
      'inspect',
    ]);
  });
});

describe('a wrong acceptance', () => {
  it('is taken back by both hands, and the giver withdraws', async () => {
    const [door = ''] = await parts(1);
    await plant.done('handover', door, '--to', cast.repairShop.creditCode);
    const [accepted] = await shop.done<Told>('accept', door, '--from', cast.dismantler.creditCode);
    const wrong = accepted?.event ?? '';
    await plant.fails(3, 'HL-2020', 'zh-CN', 'inspect', door, '--result', 'fit');

    await shop.done('correct', wrong, '--reason', 'wrongItem');
    await plant.fails(3, 'HL-2020', 'en', 'inspect', door, '--result', 'fit');
    await plant.done('agree', wrong);
    await plant.done('withdraw', door);
    await plant.done('inspect', door, '--result', 'fit');
    const [traced] = await plant.done<Traced>('item', 'trace', door);
    expect(traced?.trace[0]?.events.find(({ id }) => id === wrong)?.correction).toMatchObject({
      effect: 'takenBack',
      signers: [cast.repairShop.creditCode, cast.dismantler.creditCode],
    });
  });
});

describe('a correction that breaks a later step', () => {
  it('leaves a part in a car that should never have been there: the part is questioned until it comes out', async () => {
    const [car] = await shop.done<Told>('intake', '--tag', 'VIN:LSVAM4187C2184847', '--category', 'sedan');
    const [part] = await shop.done<Told>(
      ...['intake', '--kind', 'part', '--class', 'newPart', '--category', 'starter'],
      ...['--tag', 'serial:NEW-1', '--mass', '6200'],
    );
    const item = part?.item ?? '';
    await shop.done('inspect', item, '--result', 'fit');
    await shop.done('fit', item, '--into', car?.item ?? '');

    await shop.done('correct', car?.event ?? '', '--reason', 'wrongItem');
    const [shown] = await shop.done('item', 'show', item);
    expect(shown).toMatchObject({ state: 'fitted', questions: [{ what: 'fittedInto', item: car?.item }] });
    expect(await passport(item)).toMatchObject({ questioned: true, state: 'fitted' });
    expect(await passport(car?.item ?? '')).toMatchObject({
      corrected: true,
      state: 'voided',
      steps: [{ what: 'partFitted' }],
    });

    const [right] = await shop.done<Told>('intake', '--tag', 'VIN:LSVAM4187C2184847', '--category', 'sedan');
    expect(right, 'the tag is free, and no resurrection').toMatchObject({ status: 'accepted' });
    expect(right).not.toHaveProperty('notice');
    await shop.done('remove', item, '--from', car?.item ?? '');
    expect(await passport(item)).toMatchObject({ state: 'registered' });
  });
});

async function passport(item: string): Promise<unknown> {
  return (await stage.client.get(`/p/${item}?format=json`)).body;
}

describe('what was refused', () => {
  it('is classed by the auditor: an attempt is nothing to be mended', async () => {
    const [door = ''] = await parts(1);
    const tried = await shop.run('inspect', door, '--result', 'fit', '--json');
    const [attempt] = linesOf<Told>(tried);
    expect(attempt).toMatchObject({ status: 'refused', code: 'HL-2020' });
    const mine = (await workOf(auditor)).filter(({ root }) => root.startsWith(yard.keyId));
    expect(mine).toMatchObject([{ refusals: 1, left: 1 }]);

    await auditor.done('classify', attempt?.event ?? '', '--as', 'attempt');
    const [work] = await auditor.done<{ left: number; refused: object[] }>('work', 'show', mine[0]?.id ?? '');
    expect(work).toMatchObject({ left: 0, refused: [{ class: 'attempt', verdict: 'HL-2020' }] });
  });

  it('and what was corrected follows from the blocks, as the verifier replays them', async () => {
    const report = await auditor.run('verify', '--read-model');
    expect(report, report.stderr).toMatchObject({ exit: 0 });
    expect(report.stderr).toContain('comparing the world state\ncomparing the read model of the gateway');
  });
});
