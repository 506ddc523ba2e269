import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@huilian/core';
import { creditCodeNumbered } from '@huilian/core/testing';
import { initKey } from '@huilian/scanner-cli';
import { makeKeyRequest } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrative } from '../gateway/world.js';
import { Scene } from '../scenarios/scene.js';
import { huilian, type Ran } from './terminal.js';

let scene: Scene;
let device: string;
const owners = new Map<string, string>();

/** Runs huilian with a key of the device. */
function as(key: string, ...args: string[]): Promise<Ran> {
  const { home } = scene.world;
  const env = { HUILIAN_HOME: home, HUILIAN_DEVICE_HOME: device, HUILIAN_KEY: key };
  return huilian({ ...env, HUILIAN_GATEWAY: scene.gateway.address }, ...args);
}

/** The same, and it must end well. @returns the lines of JSON */
async function done(key: string, ...args: string[]): Promise<Ran['lines']> {
  const ran = await as(key, ...args, '--json');
  expect(ran, ran.stderr).toMatchObject({ exit: 0 });
  return ran.lines;
}

/** An enterprise whose key is on the device. */
async function enterprise(name: string, role: Role, number: number): Promise<void> {
  const { network, aftermarketOffice, oversightOffice } = scene.world;
  const owner = creditCodeNumbered(number);
  owners.set(name, owner);
  const key = await initKey(device, name, owner, network.trust);
  const { publicKey, proof } = makeKeyRequest(network.trust.ledger, owner, key.key);
  const office = role === 'police' ? oversightOffice : aftermarketOffice;
  const verdicts = await scene.gateway.record(office, [
    administrative('participant.register', { creditCode: owner, name, roles: [role], province: '330100' }),
    administrative('key.register', { owner, kind: 'device', publicKey, proof }),
  ]);
  expect(verdicts).toEqual(['accepted', 'accepted']);
}

const openings = (): string => join(device, 'openings.jsonl');

beforeAll(async () => {
  scene = await Scene.begin();
  device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
  await scene.table('statePilot', { sharePermille: 100, capEngine: 200_000 });
  await scene.table('coreDeposit', { returnDays: 60, gradeA: 1000, gradeB: 600, missingTurbo: 100 });
  await enterprise('insurer', 'insurer', 901);
  await enterprise('other', 'insurer', 902);
  await enterprise('shop', 'repairShop', 903);
  await enterprise('police', 'police', 904);
});
afterAll(async () => {
  await scene.end();
  rmSync(device, { recursive: true });
});

describe('huilian loss', () => {
  const car = 'VIN:LSVAM4186C2123456';

  it('claims, approves and pays lines, and keeps what opens the amounts', async () => {
    await done('shop', 'intake', '--tag', car, '--category', 'sedan');
    const ofLoss = ['claimLines', 'approveLines', 'payLines'];
    /** Which steps of a loss somebody may take next; none of them is the shop's. */
    const next = async (): Promise<string[]> => {
      const [told] = await done('shop', 'item', 'next', car);
      const { steps } = told as unknown as { steps: { event: string; mine: boolean }[] };
      return steps.flatMap(({ event, mine }) => (ofLoss.includes(event) && !mine ? [event] : []));
    };
    expect(await next()).toEqual([]);
    await done('shop', 'vehicle', 'damage', car, '--loss', 'L/1', '--day', '2026-03-02');
    expect(await next()).toEqual(['claimLines']);
    const claim = ['--loss', 'L/1', '--claim', 'X-1'];
    await done('insurer', 'loss', 'claim', car, ...claim, '--cover', 'ownDamage');
    const line = '1:1:3500.50:door:1:secondHandPart+newPart:D-1+D-1-EQ';
    const kept = ['--openings', openings()];
    await done('insurer', 'loss', 'approve', car, ...claim, '--line', line, '--line', '2:1:800', ...kept);
    expect(await next()).toEqual(ofLoss);
    const early = await as(
      'insurer',
      'loss',
      'pay',
      car,
      ...claim,
      '--line',
      '1:1',
      '--amount',
      '1',
      ...kept,
      '--json',
    );
    expect(early).toMatchObject({ exit: 3, lines: [{ code: 'HL-2218' }] });
    await done('shop', 'intake', '--kind', 'part', '--category', 'door', '--tag', 'serial:DOOR-1');
    await done('shop', 'inspect', 'serial:DOOR-1', '--result', 'fit');
    await done('shop', 'part', 'mark', 'serial:DOOR-1', '--mark', 'R-1');
    const onLine = ['--repair', 'L/1:1:1', '--number', 'D-1-EQ'];
    const [fitted] = await done('shop', 'fit', 'serial:DOOR-1', '--into', car, ...onLine);
    expect(fitted).not.toHaveProperty('notice');
    await done('insurer', 'loss', 'pay', car, ...claim, '--line', '1:1', '--amount', '3500.50', ...kept);
    const amounts = readFileSync(openings(), 'utf8')
      .trim()
      .split('\n')
      .map((each) => (JSON.parse(each) as { amountFen: number }).amountFen);
    expect(amounts).toEqual([350_050, 80_000, 100, 350_050]);
  });

  it('takes the original part out of the car that it repairs, and fits it into that again', async () => {
    const part = ['--kind', 'part', '--category', 'steeringGear', '--tag', 'serial:STEER-1'];
    await done('shop', 'intake', ...part, '--out-of', car);
    await done('shop', 'inspect', 'serial:STEER-1', '--result', 'fit');
    await done('shop', 'fit', 'serial:STEER-1', '--into', car);
    const other = await as(
      'shop',
      'intake',
      ...part.slice(0, 4),
      '--class',
      'newPart',
      '--out-of',
      car,
      '--json',
    );
    expect(other).toMatchObject({ exit: 3, lines: [{ code: 'HL-2311' }] });
  });

  it('leads the insurer on, which never held the car: what is public of it, its loss, and the next steps', async () => {
    const [shown] = await done('insurer', 'item', 'show', car);
    expect(shown).toMatchObject({ kind: 'vehicle', state: 'damaged', insurance: { loss: 'L/1' } });
    expect(shown).not.toHaveProperty('custodian');
    const [told] = await done('insurer', 'item', 'next', car);
    const { steps } = told as unknown as { steps: { event: string; mine: boolean }[] };
    const own = steps.filter(({ mine }) => mine).map(({ event }) => event);
    expect(own).toEqual(expect.arrayContaining(['assess', 'approveLines', 'payLines']));
    expect(own).not.toContain('handover');
    for (const command of ['show', 'next']) {
      const closed = await as('other', 'item', command, car);
      expect([closed.exit, closed.stderr]).toEqual([4, expect.stringContaining('HL-4020')]);
    }
  });

  it('refuses a second insurer, and shows it who claimed first', async () => {
    const claim = ['--loss', 'L/1', '--claim', 'Z-1', '--cover', 'ownDamage', '--line', '1'];
    const refused = await as('other', 'loss', 'claim', car, ...claim, '--json');
    expect(refused).toMatchObject({ exit: 3, lines: [{ code: 'HL-2211' }] });
    const shown = await as('other', 'loss', 'show', car, 'L/1');
    expect(shown.stdout).toContain(owners.get('insurer'));
    expect(shown.stdout).toContain('1:1  door 1/1');
    expect((await as('other', 'loss', 'show', car, 'L2')).exit).toBe(3);
  });

  it('warns of a fitting that is not payable, and of a change of registration that only the police record', async () => {
    await done('shop', 'intake', '--kind', 'part', '--category', 'door', '--tag', 'serial:DOOR-2');
    await done('shop', 'inspect', 'serial:DOOR-2', '--result', 'fit');
    await done('shop', 'part', 'mark', 'serial:DOOR-2', '--mark', 'R-2');
    const fitted = await as('shop', 'fit', 'serial:DOOR-2', '--into', car, '--json');
    expect(fitted).toMatchObject({ exit: 0, lines: [{ status: 'accepted', notice: 'HL-2220' }] });
    expect(fitted.stderr).toContain('HL-2220');
    const change = await as('police', 'vehicle', 'registration', car, '--part', 'serial:DOOR-2', '--json');
    expect(change).toMatchObject({ exit: 3, lines: [{ code: 'HL-2219' }] });
  });

  it.each([
    ['a line without an amount', ['approve', '--line', '3:1'], 'HL-7031'],
    ['a class that is none', ['approve', '--line', '3:1:5:door:1:stolenPart'], 'HL-7031'],
    ['an amount with three digits behind the point', ['approve', '--line', '3:1:5.001'], 'HL-7031'],
  ])('takes %s for a mistake of typing', async (_what, [verb = '', ...given], code) => {
    const claim = ['--loss', 'L/1', '--claim', 'X-1', '--openings', openings()];
    const ran = await as('insurer', 'loss', verb, car, ...claim, ...given);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain(code);
  });
});

describe('huilian reman', () => {
  it('sells a product for an old one, and computes what is due from the opened prices', async () => {
    const works = await scene.party('再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]);
    const seller = owners.get('shop') ?? '';
    const first = await works.registers('first core', 'part', 'engine');
    const tags = [{ scheme: 'serial', value: 'ZZZ-1' }];
    const product = { ...works.output('product', 'part', 'engine', 90_000), tags };
    await works.did(
      first,
      ['designateCore'],
      ['grade', { grade: 'A' }],
      ['remanufacture', { product, mark: 'ZZZ-1' }],
      // The shop takes it over below.
    );
    await works.did(product.item, ['handover', { to: seller }]);
    await done('shop', 'accept', 'serial:ZZZ-1', '--from', works.creditCode);
    const line = ['--sale', 'S/1', '--line', '1'];
    const prices = ['--price', '25000', '--core-price', '3000', '--deposit', '1500.00'];
    const versions = ['--pilot-version', '1', '--deposit-version', '1'];
    const kept = ['--openings', join(device, 'prices.jsonl')];
    await done('shop', 'reman', 'sell', 'serial:ZZZ-1', ...line, ...prices, ...versions, ...kept);
    await done('shop', 'intake', '--kind', 'part', '--category', 'engine', '--tag', 'serial:OLD-1');
    await done('shop', 'reman', 'return', 'serial:OLD-1', ...line, '--product', 'serial:ZZZ-1');
    await done('shop', 'part', 'core', 'serial:OLD-1');
    const core = ['--core', 'serial:OLD-1'];
    const claim = ['reman', 'claim', 'serial:ZZZ-1', ...line, ...core, '--scheme'];
    const early = await as('shop', ...claim, 'coreDeposit', '--json');
    expect(early).toMatchObject({ exit: 3, lines: [{ code: 'HL-2234' }] });
    await done('shop', 'handover', 'serial:OLD-1', '--to', works.creditCode);
    const [{ item: old }] = (await done('shop', 'item', 'show', 'serial:OLD-1')) as [{ item: string }];
    await works.did(old, ['accept', { from: seller }], ['grade', { grade: 'B', missing: ['turbo'] }]);
    await done('shop', ...claim, 'coreDeposit');
    await done('shop', ...claim, 'statePilot');
    await works.did(old, ['grade', { grade: 'A' }]);
    await done('shop', ...claim, 'coreDeposit');
    expect(await done('shop', 'reman', 'amount', 'S/1', '1', ...kept)).toEqual([
      { sale: 'S/1', line: 1, statePilotFen: 200_000, coreDepositFen: 75_000, correction1Fen: 75_000 },
    ]);
    const shown = await as('shop', 'reman', 'amount', 'S/1', '1', ...kept);
    expect(shown.stdout).toContain('2000.00');
    expect(await done('shop', 'reman', 'show', 'S/1', '1')).toMatchObject([
      { product: product.item, core: old },
    ]);
    const unopened = await as('shop', 'reman', 'amount', 'S/1', '1', '--openings', openings());
    expect(unopened.stderr).toContain('HL-7032');
  });
});
