import { HAZARDOUS_TABLE, type LedgerEvent } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { event, newItem, plantCode, smelterCode } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { TimedLedger } from './timed.js';

describe.each([sqliteKind(), mongoKind()])('Time limits once a step was taken back, in $name', (kind) => {
  const at = new TimedLedger(kind);

  beforeEach(() => {
    at.terms();
    at.table('correctionTerm', { alone: 7, together: 30 });
  });
  const does = (signer: Signer, one: LedgerEvent): string => at.records(signer, one)[0] ?? '';
  const wrong = (id: string) => ({ event: id, termVersion: 1 });

  it('started no clock', async () => {
    const { id, register } = newItem(at.dismantler, 'vehicle');
    at.records(at.dismantler, register, event('surrender', id, {}));
    const taken = does(at.dismantler, event('receive', id, { massGrams: 1_000_000 }));
    expect(await at.told(id)).toEqual(['certificate running 20260928']);
    at.records(at.dismantler, event('correct', id, { ...wrong(taken), reason: 'wrongItem' }));
    expect(await at.told(id)).toEqual([]);
    at.wait(2);
    at.records(at.dismantler, event('receive', id, { massGrams: 1_000_000 }));
    expect(await at.told(id)).toEqual(['certificate running 20260930']);
  });

  it('stopped no clock: the handover is open again, and lost in transit a week after it began', async () => {
    at.table(HAZARDOUS_TABLE, { circuitBoards: '900-045-49' });
    const { plant, smelter } = at.played;
    const boards = at.lot(plant, 'iron');
    at.records(plant, boards.register, event('handover', boards.id, { to: smelterCode }));
    const accepted = does(smelter, event('accept', boards.id, { from: plantCode }));
    expect(await at.told(boards.id)).toEqual(['handover met 20260928']);
    at.records(smelter, event('correct', boards.id, { ...wrong(accepted), reason: 'wrongItem' }));
    expect(await at.told(boards.id)).toEqual(['handover met 20260928']);
    at.records(plant, event('agreeCorrection', boards.id, wrong(accepted)));
    expect(await at.told(boards.id)).toEqual(['handover running 20260928']);
    at.wait(9);
    at.records(smelter, event('accept', boards.id, { from: plantCode }));
    expect(await at.told(boards.id)).toEqual(['handover late 20260928']);
  });

  it('moved no storage: what comes back is stored since its first day', async () => {
    const battery = at.batteryHeld();
    const { plant, smelter } = at.played;
    at.records(plant, event('handover', battery, { to: smelterCode }));
    const accepted = does(smelter, event('accept', battery, { from: plantCode }));
    at.records(smelter, event('correct', battery, { ...wrong(accepted), reason: 'wrongItem' }));
    at.wait(1);
    at.records(plant, event('agreeCorrection', battery, wrong(accepted)));
    expect((await at.told(battery)).sort()).toEqual([
      'handover met 20260928',
      'handover running 20260928',
      'hazardousStorage running 20270921',
    ]);
  });
});
