import { Dismantler, Insurer, RemanScheme, RepairShop } from '@huilian/adapters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, Partners } from './partners.js';

const VIN = 'LSVAM4187C2184847';
const SALT = 'AAECAwQFBgcICQoLDA0ODw';
let partners: Partners<'insurer' | 'shop' | 'works' | 'plant'>;
let insurer: Insurer;
let shop: RepairShop;
let works: RemanScheme;

/** An insurer, a shop, a remanufacturer and a dismantler. */
beforeAll(async () => {
  partners = await Partners.begin(
    {
      insurer: { system: 'insurance', roles: ['insurer'] },
      shop: { system: 'repair', roles: ['repairShop'] },
      works: {
        system: 'oldForReman',
        roles: ['remanufacturer'],
        licences: [{ role: 'remanufacturer' }],
      },
      plant: { system: 'scrappedVehicle', roles: ['dismantler'], licences: [{ role: 'dismantler' }] },
    },
    {
      massTolerance: { permille: 50 },
      correctionTerm: { alone: 7, together: 30 },
      statePilot: { sharePermille: 100, capEngine: 200_000 },
      coreDeposit: { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 },
    },
  );
  insurer = partners.client('insurer', Insurer);
  shop = partners.client('shop', RepairShop);
  works = partners.client('works', RemanScheme);
});
afterAll(() => partners.end());

/** Verdicts of reports, in order. */
async function verdicts(...sent: readonly Promise<{ verdict?: string | undefined }>[]): Promise<unknown[]> {
  const said: unknown[] = [];
  for (const each of sent) said.push((await each).verdict);
  return said;
}

describe('a repair that an insurer pays', () => {
  const claim = { vin: VIN, lossNumber: 'L1', claimNumber: 'X-1' };

  it('is claimed, approved by lines, fitted under a line, and paid once', async () => {
    const loss = { vin: VIN, lossNumber: 'L1' };
    await accepted(
      () => shop.registerVehicle({ vin: VIN, vehicleType: 'electricCar' }),
      () => insurer.reportLoss(loss),
      () => insurer.claimLines({ ...claim, cover: 'ownDamage' }),
      () =>
        insurer.approveLines({
          ...claim,
          lines: [
            {
              line: 1,
              lineVersion: 1,
              amountFen: 120_000,
              salt: SALT,
              approvedCategory: 'door',
              quantity: 1,
              allowsNewPart: 'yes',
              allowsSecondHandPart: 'yes',
            },
          ],
        }),
      () => shop.registerPart({ partSerial: 'D-1', category: 'door', partClass: 'newPart' }),
      () => shop.inspectPart({ partSerial: 'D-1', result: 'fit' }),
      () => shop.fitPart({ partSerial: 'D-1', vin: VIN, lossNumber: 'L1', line: 1, lineVersion: 1 }),
    );
    const paid = { ...claim, amountFen: 120_000, salt: SALT, lines: [{ line: 1, lineVersion: 1 }] };
    expect((await insurer.payLines(paid)).verdict).toBe('accepted');
    expect((await insurer.payLines(paid)).events[0]).toMatchObject({ verdict: 'HL-2213' });
  });

  it('shows the shop the approved lines, and of the payment only that it was', async () => {
    const token = await partners.scene.gateway.token(partners.actor('shop').signer);
    const { body, text } = await partners.scene.gateway.get(`/v1/vehicles/${VIN}/timeline?limit=200`, token);
    const { entries = [] } = body as unknown as { entries?: { what: string; sight: string }[] };
    const seen = entries.map(({ what, sight }) => `${what} ${sight}`);
    expect(seen).toEqual(
      expect.arrayContaining(['approveLines all', 'claimLines step', 'payLines step', 'fit all']),
    );
    expect(text).not.toContain('120000');
  });
});

describe('old-for-reman', () => {
  it('sells an engine for an old one, grades it and redeems each entitlement once', async () => {
    const sale = { seller: partners.code('shop'), saleNumber: 'S-1', saleLine: 1 };
    const [from, to] = [partners.code('works'), partners.code('shop')];
    const product = { productSerial: 'ZZ-1', category: 'engine', massGrams: 90_000, mark: 'ZZ-1' };
    await accepted(
      () => works.send('partRegistered', { partSerial: 'E-0', category: 'engine', partClass: 'usedPart' }),
      () => works.designateCore({ partSerial: 'E-0' }),
      () => works.gradeCore({ coreSerial: 'E-0', grade: 'A' }),
      () => works.remanufacture({ coreSerial: 'E-0', ...product }),
      () => works.sendGoods({ partSerial: 'ZZ-1', receiver: to }),
      () => shop.acceptGoods({ partSerial: 'ZZ-1', sender: from }),
      () =>
        shop.sellProduct({
          ...sale,
          productSerial: 'ZZ-1',
          priceFen: 2_500_000,
          corePriceFen: 300_000,
          depositFen: 150_000,
          salt: SALT,
          statePilotVersion: 1,
          coreDepositVersion: 1,
        }),
      () => shop.registerPart({ partSerial: 'E-9', category: 'engine', partClass: 'usedPart' }),
      () => shop.takeCoreBack({ ...sale, coreSerial: 'E-9', productSerial: 'ZZ-1' }),
      () => shop.send('coreDesignated', { partSerial: 'E-9' }),
      () => shop.sendGoods({ partSerial: 'E-9', receiver: from }),
      () => works.acceptGoods({ partSerial: 'E-9', sender: to }),
      () => works.gradeCore({ coreSerial: 'E-9', grade: 'B' }),
    );
    const due = { ...sale, productSerial: 'ZZ-1', coreSerial: 'E-9' };
    const claims = [
      shop.claimEntitlement({ ...due, scheme: 'coreDeposit' }, { id: 'deposit' }),
      shop.claimEntitlement({ ...due, scheme: 'statePilot' }),
    ];
    expect(await verdicts(...claims)).toEqual(['accepted', 'accepted']);
    const again = await shop.claimEntitlement({ ...due, scheme: 'statePilot' });
    expect(again.events[0]).toMatchObject({ verdict: 'HL-2236' });
  });
});

describe('a plant’s mistake', () => {
  it('is declared wrong by the id of its message and replaced; the timeline marks the wrong step', async () => {
    await shop.registerPart({ partSerial: 'E-8', category: 'starter', partClass: 'usedPart' });
    await shop.inspectPart({ partSerial: 'E-8', result: 'unfit' }, { id: 'inspection' });
    const mistake = { correctionReason: 'wrongValue', termVersion: 1 };
    const right = { partSerial: 'E-8', result: 'fit' } as const;
    const said = [
      await shop.declareWrong({ ...mistake, wrongMessage: 'inspection' }),
      await shop.inspectPart(right, { replaces: 'inspection' }),
    ];
    expect(said.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    const token = await partners.scene.gateway.token(partners.actor('shop').signer);
    const found = await partners.scene.gateway.get('/v1/items?tag=serial:E-8', token);
    const path = `/v1/items/${found.body.items[0]?.item ?? ''}/timeline`;
    const { body } = await partners.scene.gateway.get(path, token);
    const { entries = [] } = body as unknown as { entries?: { what: string; declaredWrong?: true }[] };
    expect(entries.map(({ what, declaredWrong = false }) => [what, declaredWrong])).toEqual([
      ['register', false],
      ['inspect', true],
      ['correct', false],
      ['inspect', false],
    ]);
  });

  it('with two hands in it takes both of them', async () => {
    const plant = partners.client('plant', Dismantler);
    await plant.send('partRegistered', { partSerial: 'ST-4', category: 'starter', partClass: 'usedPart' });
    await plant.sendGoods({ partSerial: 'ST-4', receiver: partners.code('shop') });
    const taken = await shop.acceptGoods(
      { partSerial: 'ST-4', sender: partners.code('plant') },
      { id: 'taken' },
    );
    const wrongEvent = taken.events[0]?.id ?? '';
    const mistake = { wrongMessage: 'taken', correctionReason: 'wrongParty', termVersion: 1 };
    expect((await shop.declareWrong(mistake)).verdict).toBe('accepted');
    const agreed = { partSerial: 'ST-4', wrongEvent, termVersion: 1 };
    expect((await plant.agreeCorrection(agreed)).verdict).toBe('accepted');
  });
});
