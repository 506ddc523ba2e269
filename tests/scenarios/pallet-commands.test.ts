import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../event/device.js';
import { Stage } from '../event/stage.js';

/** A pallet's label, GS1 SSCC. */
const PALLET = 'https://id.gs1.org/00/106141412345678908';
const SMELTER = '91440300708461136T';

let stage: Stage;
let plant: Device;
let maker: Device;
let slip: string;

beforeAll(async () => {
  stage = await Stage.start();
  plant = await stage.device('plant', cast.dismantler);
  maker = await stage.device('maker', cast.remanufacturer);
  slip = join(stage.home, 'slip.jpg');
  writeFileSync(slip, 'a photograph of a slip');
});
afterAll(() => stage.stop());

const plantCode = cast.dismantler.creditCode;
const makerCode = cast.remanufacturer.creditCode;

interface Line {
  readonly items?: readonly { readonly item: string; readonly reason?: string; readonly lost?: boolean }[];
  readonly contents?: readonly { readonly item: string; readonly depth: number }[];
  readonly item?: string;
}

async function transit(device: Device, ...options: readonly string[]): Promise<NonNullable<Line['items']>> {
  await stage.caughtUp();
  const [line] = await device.done<Line>('transit', 'list', ...options);
  return line?.items ?? [];
}

describe('with the commands of the scanner', () => {
  it('a plant registers a pallet and parts by their tags, and packs them', async () => {
    await plant.done('intake', '--kind', 'container', '--category', 'pallet', '--tag', PALLET);
    for (const serial of ['P-1', 'P-2', 'P-3', 'P-4'])
      await plant.done('intake', '--kind', 'part', '--category', 'starter', '--tag', `serial:${serial}`);
    await stage.caughtUp();
    const parts = ['P-1', 'P-2', 'P-3', 'P-4'].map((serial) => `serial:${serial}`);
    await plant.done('pack', ...parts, '--into', PALLET);
    await stage.caughtUp();
    const [line] = await plant.done<Line>('container', 'contents', PALLET);
    expect(line?.contents).toMatchObject(parts.map(() => ({ depth: 1, category: 'starter' })));
    await plant.failsInBoth(3, 'HL-2176', 'handover', 'serial:P-1', '--to', makerCode);
  });

  it('hands the pallet over, which both sides see in transit', async () => {
    await plant.done('handover', PALLET, '--to', makerCode, '--mass', '37kg');
    expect(await transit(plant)).toHaveLength(1);
    expect(await transit(maker, '--expected', '--lost-after', '30')).toMatchObject([{ lost: false }]);
  });

  it('the factory accepts it without what is missing and broken, and with another mass', async () => {
    const without = ['--except', 'missing:serial:P-1', '--except', 'damaged:serial:P-2'];
    const counted = ['--count', '2', '--mass', '31kg'];
    await maker.done('accept', PALLET, '--from', plantCode, ...without, ...counted);
    expect((await transit(plant)).map(({ reason }) => reason).sort()).toEqual(['damaged', 'missing']);
    const [shown] = await maker.done<Line>('item', 'show', PALLET);
    expect(shown).toMatchObject({
      logistics: {
        differences: [{ from: plantCode, to: makerCode, handedOverGrams: 37_000, acceptedGrams: 31_000 }],
      },
    });
    await maker.done('settle', PALLET, '--from', plantCode, '--reason', 'reweighed');
    await maker.failsInBoth(3, 'HL-2188', 'settle', PALLET, '--reason', 'reweighed');
  });

  it('finds the missing one, and unpacks the rest', async () => {
    await maker.done('accept', 'serial:P-1', '--from', plantCode);
    await maker.done('unpack', 'serial:P-3', 'serial:P-4', '--from', PALLET);
    await maker.done('container', 'retire', PALLET);
    expect(await transit(plant)).toMatchObject([{ reason: 'damaged' }]);
  });

  it('gives a part to a small smelter on paper and takes it back; the trace says how it is proved', async () => {
    const paper = ['--document', slip, '--licence', 'L-77', '--keep-ownership'];
    await maker.done('paper', 'give', 'serial:P-3', '--to', SMELTER, ...paper);
    await maker.failsInBoth(3, 'HL-2020', 'inspect', 'serial:P-3', '--result', 'fit');
    await maker.done('paper', 'take', 'serial:P-3', '--from', SMELTER, ...paper);
    await stage.caughtUp();
    const { stdout } = await maker.run('item', 'trace', 'serial:P-3', '--lang', 'zh-CN');
    expect(stdout).toMatch(/凭纸质单据交出 .* {2}C$/m);
    expect(stdout).toMatch(/凭纸质单据收回 .* {2}C$/m);
    await maker.failsInBoth(
      2,
      'HL-7031',
      'paper',
      'give',
      'serial:P-3',
      '--to',
      'person:Zhang',
      '--document',
      slip,
    );
  });
});
