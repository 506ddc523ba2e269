import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dismantler, Police, RemanScheme, RepairShop } from '@huilian/adapters';
import { imeiTag } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, Partners } from './partners.js';

const BUS = 'LSVAM4186C2123456';
const CAR = 'LSVAM4187C2184847';
const IMEI = '490154203237518';
/** Of no enterprise on the ledger. */
const PAPER_SMELTER = '91440300708461136T';
const HASH = 'a'.repeat(64);
const pepper = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'huilian-pepper-'));
let partners: Partners<'plant' | 'processor' | 'works' | 'shop' | 'police'>;
let plant: Dismantler;
let processor: Dismantler;
let works: RemanScheme;
let shop: RepairShop;
let police: Police;

/** A dismantler, a processor, a remanufacturer, a shop and the police, each with its system. */
beforeAll(async () => {
  const file = join(folder, 'pepper.hex');
  writeFileSync(file, pepper.toString('hex'));
  partners = await Partners.begin(
    {
      plant: { system: 'scrappedVehicle', roles: ['dismantler'], licences: [{ role: 'dismantler' }] },
      processor: { system: 'scrappedVehicle', roles: ['processor'], licences: [{ role: 'processor' }] },
      works: { system: 'oldForReman', roles: ['remanufacturer'], licences: [{ role: 'remanufacturer' }] },
      shop: { system: 'repair', roles: ['repairShop'] },
      police: { system: 'scrappedVehicle', roles: ['police'] },
    },
    { massTolerance: { permille: 50 }, supervisedCategories: { categories: ['schoolBus'] } },
    { HUILIAN_IMEI_PEPPER_FILE: file },
  );
  plant = partners.client('plant', Dismantler);
  processor = partners.client('processor', Dismantler);
  works = partners.client('works', RemanScheme);
  shop = partners.client('shop', RepairShop);
  police = partners.client('police', Police);
});
afterAll(async () => {
  await partners.end();
  rmSync(folder, { recursive: true, force: true });
});

/** What a gateway shows of the item that a tag names, to the one who has it. */
async function shown(tag: string, reader: 'plant' | 'works' | 'processor' | 'shop'): Promise<unknown> {
  const { gateway } = partners.scene;
  const token = await gateway.token(partners.actor(reader).signer);
  const { body } = await gateway.get(`/v1/items?tag=${encodeURIComponent(tag)}`, token);
  return body.items[0];
}

describe('the police', () => {
  it('sign for the dismantling of a school bus before anything comes out of it, and cancel its registration', async () => {
    const oil = [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000 }] as const;
    const engine = [{ kind: 'part', category: 'engine', massGrams: 400_000, partSerial: 'E-1' }] as const;
    await accepted(
      () => plant.send('vehicleRegistered', { vin: BUS, vehicleType: 'schoolBus' }),
      () => plant.surrenderVehicle({ vin: BUS }),
      () => plant.receiveVehicle({ vin: BUS, netMassGrams: 9_000_000, engineCount: 1 }),
    );
    const early = await police.cancelRegistration({ vin: BUS, evidenceSha256: HASH });
    expect(early.verdict).toBe('refused');
    await accepted(
      () => plant.issueCertificate({ vin: BUS, certificateNumber: 'HS-1' }),
      () => plant.depolluteVehicle({ vin: BUS, outputs: oil }),
    );
    const alone = await plant.dismantleVehicle({ vin: BUS, outputs: engine }, { id: 'alone' });
    expect(alone.events[0]).toMatchObject({ verdict: 'HL-2102' });
    await accepted(
      () => police.witnessDismantling({ vin: BUS, evidenceSha256: HASH }),
      () => plant.dismantleVehicle({ vin: BUS, outputs: engine }, { cites: 'alone' }),
      () => police.cancelRegistration({ vin: BUS, evidenceSha256: HASH }),
    );
  });

  it('change the registration of a car into which another engine went, once', async () => {
    const fitted = { vin: CAR, partSerial: 'ZZ-1' };
    await accepted(
      () => plant.inspectPart({ partSerial: 'E-1', result: 'fit' }),
      () => plant.sendPart({ partSerial: 'E-1', receiver: partners.code('works') }),
      () => works.acceptCore({ partSerial: 'E-1', sender: partners.code('plant') }),
      () => works.designateCore({ partSerial: 'E-1' }),
      () => works.gradeCore({ coreSerial: 'E-1', grade: 'A' }),
      () =>
        works.remanufacture({
          coreSerial: 'E-1',
          productSerial: 'ZZ-1',
          category: 'engine',
          massGrams: 390_000,
          mark: 'ZZ-1',
        }),
      () => works.sendProduct({ partSerial: 'ZZ-1', receiver: partners.code('shop') }),
      () => shop.acceptPart({ partSerial: 'ZZ-1', sender: partners.code('works') }),
      () => shop.registerVehicle({ vin: CAR, vehicleType: 'passengerCar' }),
      () => shop.fitPart(fitted),
      () => police.changeRegistration({ ...fitted, evidenceSha256: HASH }),
    );
    const again = await police.changeRegistration(fitted);
    expect(again.events[0]).toMatchObject({ verdict: 'HL-2219' });
  });

  it('alone do that: of a plant it is refused', async () => {
    const own = await plant.send('registrationCancelled', { vin: BUS });
    expect(own.verdict).toBe('refused');
  });
});

describe('a pallet', () => {
  const starters = ['S-1', 'S-2', 'S-3', 'S-4'];

  it('changes hands as one thing, but for what is missing and what is damaged', async () => {
    for (const partSerial of starters)
      await accepted(() =>
        plant.send('partRegistered', { partSerial, category: 'starter', partClass: 'usedPart' }),
      );
    const pallet = { containerNumber: 'P-1' };
    await accepted(
      () => plant.registerContainer({ ...pallet, sscc: '106141412345678908', containerCategory: 'pallet' }),
      () => plant.pack({ ...pallet, contents: starters.map((partSerial) => ({ partSerial })) }),
      () => plant.sendGoods({ ...pallet, receiver: partners.code('works') }),
      () =>
        works.acceptContainer({
          sscc: '106141412345678908',
          sender: partners.code('plant'),
          count: 2,
          exceptions: [
            { exceptionReason: 'missing', partSerial: 'S-1' },
            { exceptionReason: 'damaged', partSerial: 'S-2' },
          ],
        }),
      () => works.unpack({ ...pallet, contents: [{ partSerial: 'S-3' }] }),
      () => works.designateCore({ partSerial: 'S-3' }),
      () => works.acceptGoods({ partSerial: 'S-1', sender: partners.code('plant') }),
    );
    const kept = await works.unpack({ ...pallet, contents: [{ partSerial: 'S-2' }] });
    expect(kept.events[0]).toMatchObject({ verdict: 'HL-2180' });
    expect(await shown('serial:S-2', 'plant')).toMatchObject({ custodian: partners.code('plant') });
  });
});

describe('a smelter on paper', () => {
  it('takes a lot by its slip with the lowest grade of evidence, and gives it back to who wrote it', async () => {
    const slip = { lotNumber: 'CU-1', slipSha256: HASH, paperParty: PAPER_SMELTER, paperLicence: 'YL-7' };
    await accepted(() => plant.registerLot({ lotNumber: 'CU-1', category: 'copper', massGrams: 12_000 }));
    const { paperLicence: _none, ...withoutLicence } = slip;
    expect((await plant.giveOnPaper(withoutLicence)).events[0]).toMatchObject({ verdict: 'HL-2183' });
    await accepted(() => plant.giveOnPaper(slip));
    expect(await shown('serial:CU-1', 'plant')).toMatchObject({ custodian: PAPER_SMELTER });
    await accepted(() => plant.receiveOnPaper(slip));
    expect(await shown('serial:CU-1', 'plant')).toMatchObject({ custodian: partners.code('plant') });
  });
});

describe('a telephone', () => {
  it('is found by the tag that the scanner makes of its IMEI, which stands nowhere on the ledger', async () => {
    const phone = { unitLabel: 'HX-1', imei: IMEI, applianceCategory: 'mobilePhone' };
    await accepted(() => processor.registerUnit(phone));
    const tag = imeiTag(IMEI, pepper);
    const found = await shown(`${tag.scheme}:${tag.value}`, 'processor');
    expect(found).toEqual(await shown('serial:HX-1', 'processor'));
    expect(found).toMatchObject({ kind: 'device' });
    await accepted(() => processor.sendGoods({ imei: IMEI, receiver: partners.code('plant') }));
    expect(JSON.stringify(found)).not.toContain(IMEI);
  });
});
