import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dismantler } from '@huilian/adapters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huilian } from '../scanner/terminal.js';
import { accepted, Partners, type Partner } from './partners.js';

const PACK = '001PE240000003B3C0000001';
const NEW = '002PE250000003B3C0000009';
const HASH = 'a'.repeat(64);
const licensed = (
  role: 'dismantler' | 'processor' | 'secondLifeUser' | 'hazardousWasteHandler',
): Partner => ({
  system: 'scrappedVehicle',
  roles: [role],
  licences: [{ role }],
});
let partners: Partners<'plant' | 'processor' | 'user' | 'carrier' | 'handler'>;

/** Plants with the system of scrapped-vehicle management, a carrier and a hazardous-waste handler. */
beforeAll(async () => {
  partners = await Partners.begin(
    {
      plant: licensed('dismantler'),
      processor: licensed('processor'),
      user: licensed('secondLifeUser'),
      carrier: { system: 'scrappedVehicle', roles: ['carrier'] },
      handler: licensed('hazardousWasteHandler'),
    },
    {
      massTolerance: { permille: 50 },
      secondLifeCapacity: { permille: 600 },
      requiredParts: { refrigerator: ['compressor'], desktopHost: ['mainboard'] },
      hazardousCategories: { circuitBoards: '900-045-49' },
    },
  );
});
afterAll(() => partners.end());

describe('dismantling management', () => {
  it('takes a pack out of an electric car and gives it a second life', async () => {
    const plant = partners.client('plant', Dismantler);
    const user = partners.client('user', Dismantler);
    const car = 'LSVAM4186C2123456';
    const out = { kind: 'battery', category: 'tractionBattery', massGrams: 320_000, packCode: PACK } as const;
    await accepted(
      () => plant.send('vehicleRegistered', { vin: car, vehicleType: 'electricCar' }),
      () => plant.surrenderVehicle({ vin: car }),
      () => plant.receiveVehicle({ vin: car, netMassGrams: 1_700_000, packs: [{ packCode: PACK }] }),
      () => plant.issueCertificate({ vin: car, certificateNumber: 'HS-1' }),
      () => plant.depolluteVehicle({ vin: car, outputs: [out] }),
      () => plant.sendGoods({ packCode: PACK, receiver: partners.code('user') }),
      () => user.acceptGoods({ packCode: PACK, sender: partners.code('plant') }),
      () => user.takeBatteryIn({ packCode: PACK, massGrams: 320_000, toleranceVersion: 1 }),
      () => user.testBattery({ packCode: PACK, capacityPermille: 780, capacityTable: 1 }),
      () =>
        user.repurposeBattery({
          packCode: PACK,
          newPackCode: NEW,
          category: 'energyStorage',
          massGrams: 320_000,
          lossGrams: 0,
          toleranceVersion: 1,
        }),
    );
  });

  it('takes appliances in: whole, incomplete with its proof, and as a set', async () => {
    const processor = partners.client('processor', Dismantler);
    const unit = (unitLabel: string, massGrams: number, applianceType: string) => ({
      unitLabel,
      massGrams,
      applianceType,
      identity: 'label' as const,
      partsVersion: 1,
    });
    for (const [unitLabel, applianceCategory] of [
      ['HX-1', 'refrigerator'],
      ['PC-1', 'computer'],
      ['PC-2', 'computer'],
    ] as const)
      expect((await processor.registerUnit({ unitLabel, applianceCategory })).verdict).toBe('accepted');
    const fridge = { ...unit('HX-1', 41_000, 'fridge'), missing: [{ missingPart: 'compressor' }] };
    expect((await processor.receiveUnit(fridge)).events[0]).toMatchObject({ verdict: 'HL-2124' });
    await accepted(
      () => processor.receiveUnit({ ...fridge, evidenceSha256: HASH }),
      () => processor.receiveUnit(unit('PC-1', 9_000, 'desktopHost')),
      () => processor.receiveUnit(unit('PC-2', 5_000, 'desktopMonitor')),
      () => processor.bindSet({ unitLabel: 'PC-1', partnerLabel: 'PC-2' }),
    );
  });

  it('sends circuit boards under a manifest, by sender, carrier and handler', async () => {
    const processor = partners.client('processor', Dismantler);
    const carrier = partners.client('carrier', Dismantler);
    const handler = partners.client('handler', Dismantler);
    const [manifestNumber, lots] = ['20263100000001', [{ lotNumber: 'PCB-1' }]];
    const opened = {
      manifestNumber,
      carrier: partners.code('carrier'),
      handler: partners.code('handler'),
      lots: [{ lotNumber: 'PCB-1', wasteCode: '900-045-49' }],
    };
    await accepted(
      () => processor.registerLot({ lotNumber: 'PCB-1', category: 'circuitBoards', massGrams: 10_000 }),
      () => processor.openManifest(opened),
      () => carrier.send('manifestCarried', { manifestNumber, lots }),
      () => handler.acceptManifest({ manifestNumber, lots: [{ lotNumber: 'PCB-1', massGrams: 9_900 }] }),
      () => handler.send('manifestReturned', { manifestNumber, evidenceSha256: HASH }),
    );
  });

  it('sorts a truck load by a table, a unit a row, with a report of each', async () => {
    const processor = partners.client('processor', Dismantler);
    const scale = { grossGrams: 10_200_000, tareGrams: 10_000_000, netGrams: 200_000, scale: 'WB-1' };
    const load = {
      lotNumber: 'T-1',
      ticket: 'WB-77',
      ticketSha256: HASH,
      ...scale,
      calibratedUntil: 4_000_000_000,
      estimatedPieces: 3,
    };
    expect((await processor.send('truckWeighedIn', load)).verdict).toBe('accepted');
    const adapter = partners.adapter('processor');
    await adapter.end();
    const { home } = partners;
    const [file, report] = [join(home, 'sorted.csv'), join(home, 'sorted-report.csv')];
    const lines = [
      '批次号,质量允差表版本,产出种类,类别,质量（kg）,企业标签,发生时间',
      'T-1,1,电器,television,21,HX-101,2026-03-02 10:00:00',
      'T-1,1,电器,television,22.5,HX-102,2026-03-02 10:01:00',
      'T-1,1,烤箱,television,22.5,HX-103,2026-03-02 10:02:00',
      'T-1,1,电器,television,900,HX-104,2026-03-02 10:03:00',
    ];
    writeFileSync(file, lines.join('\n'));
    const args = ['table', 'import', file, '--format', 'loadSorted', '--report', report, '--json'];
    const ran = await huilian(adapter.environment, ...args);
    expect(ran.lines[0]).toMatchObject({ rows: { accepted: 2, refused: 2, repeated: 0, waiting: 0 } });
    const told = readFileSync(report, 'utf8');
    expect(told).toContain('HL-9140');
    expect(told).toContain('HL-2050');
  });

  it('opens manifests by a list: rows of one number are one manifest, and half a manifest is none', async () => {
    const processor = partners.adapter('processor');
    const file = join(partners.home, 'manifests.csv');
    const register = [
      '批次号,类别,质量（kg）',
      ...['PCB-11', 'PCB-12', 'PCB-13', 'PCB-14'].map((lot) => `${lot},circuitBoards,10`),
    ];
    writeFileSync(file, register.join('\n'));
    const lots = await huilian(
      processor.environment,
      'table',
      'import',
      file,
      '--format',
      'lotRegistered',
      '--json',
    );
    expect(lots.lines[0]).toMatchObject({ rows: { accepted: 4 } });
    const [carrier, handler] = [partners.code('carrier'), partners.code('handler')];
    const row = (number: string, lot: string, code = '900-045-49'): string =>
      [number, carrier, handler, lot, code].join(',');
    const opened = [
      '联单编号,承运人,接收单位,批次号,废物代码',
      row('20263100000011', 'PCB-11'),
      row('20263100000012', 'PCB-13'),
      row('20263100000011', 'PCB-12'),
      row('20263100000012', 'PCB-14', '900045'),
    ];
    writeFileSync(file, opened.join('\n'));
    const report = join(partners.home, 'manifests-report.csv');
    const args = ['table', 'import', file, '--format', 'manifestOpened', '--report', report, '--json'];
    const ran = await huilian(processor.environment, ...args);
    expect(ran.lines[0]).toMatchObject({ rows: { accepted: 2, refused: 2, repeated: 0, waiting: 0 } });
    const told = readFileSync(report, 'utf8').trim().split('\n');
    expect(told.map((line) => /HL-\d+/.exec(line)?.[0])).toEqual([
      undefined,
      undefined,
      'HL-9151',
      undefined,
      'HL-9108',
    ]);
  });
});
