import { GatewayClient } from '../gateway-client.js';
import { blockOf, only, type Genealogy, type Item, type Morning } from './scene.js';
import { kilograms } from './story.js';

const APPLIANCES_DISMANTLED = 3;

/** What came out of the car, by id. */
export interface Parts {
  readonly engine: string;
  readonly transmission: string;
  readonly door: string;
  readonly steel: string;
}

/** Takes the car through its last stations: certified, drained, taken apart, weighed, shredded. */
export async function dismantleCar({ stations, story, token, url }: Morning, car: string): Promise<Parts> {
  const { dismantler } = stations;
  await dismantler.record('vehicle', 'surrender', car, '--from', 'household:SLIP-0007');
  await dismantler.record('vehicle', 'receive', car, '--mass', '1240kg', '--assembly', 'engine:1');
  await dismantler.record('vehicle', 'certify', car, '--number', 'DEMO-2026-0001');
  await dismantler.record('vehicle', 'depollute', car, '--output', 'lot:wasteOil:9000');
  const outputs = [
    'part:engine:180000',
    'part:transmission:90000',
    'part:door:30000',
    'lot:aluminium:60000',
    'lot:plastics:50000',
  ];
  const [line] = await dismantler.record(
    'dismantle',
    car,
    ...outputs.flatMap((output) => ['--output', output]),
  );
  await dismantler.record('vehicle', 'hulk', car, '--mass', '818kg', '--loss', '3000');
  const [shredded] = await dismantler.record(
    'vehicle',
    'shred',
    car,
    '--output',
    'lot:steel:790000',
    '--output',
    'lot:shredderResidue:27000',
    '--loss',
    '1000',
  );
  const named = (category: string): string =>
    only(
      [...(line?.outputs ?? []), ...(shredded?.outputs ?? [])]
        .filter((output) => output.category === category)
        .map(({ item }) => item),
      category,
    );
  const tree = await new GatewayClient(url).get<Genealogy>(`/v1/items/${car}/genealogy`, token);
  const masses = (tree?.descendants ?? []).reduce((sum, { massGrams }) => sum + (massGrams ?? 0), 0);
  story.scene(
    `交售、接收、出具回收证明、预处理、拆解、称壳、破碎：${tree?.descendants.length ?? 0} 件产出，共 ${kilograms(masses)}。`,
    `The car is given up, taken in, certified, drained, taken apart, weighed and shredded: ${tree?.descendants.length ?? 0} outputs, ${kilograms(masses)} together.`,
  );
  return {
    engine: named('engine'),
    transmission: named('transmission'),
    door: named('door'),
    steel: named('steel'),
  };
}

/** @returns the lots of steel */
export async function dismantleAppliances(
  { stations, story, token, url }: Morning,
  appliances: readonly string[],
): Promise<string[]> {
  const client = new GatewayClient(url);
  const lots: string[] = [];
  let dismantled = 0;
  const outputs = ['part:motor:4200', 'lot:steel:22000', 'lot:plastics:9000', 'lot:concrete:2500'];
  const chosen = appliances.slice(0, APPLIANCES_DISMANTLED);
  const { processor } = stations;
  const type = ['--type', 'drum', '--capacity', '7kg'];
  for (const appliance of chosen) {
    const label = `serial:LABEL-${appliance.slice(-8)}`;
    await processor.record('appliance', 'receive', appliance, '--mass', '38kg', ...type, '--label', label);
  }
  await processor.record('appliance', 'sort', ...chosen, '--for', 'process');
  await processor.record('appliance', 'issue', ...chosen, '--line', 'LINE-1');
  await processor.record('appliance', 'step', ...chosen, '--step', 'openHousing');
  await processor.record('appliance', 'step', ...chosen, '--step', 'removeMotor');
  for (const appliance of chosen) {
    await processor.record(
      'dismantle',
      appliance,
      ...outputs.flatMap((output) => ['--output', output]),
      '--loss',
      '300',
      '--tolerance-version',
      '1',
    );
    const lines = await processor.record('appliance', 'close', appliance);
    const tree = await client.get<Genealogy & { readonly item: Item }>(
      `/v1/items/${appliance}/genealogy?minBlock=${blockOf(lines)}`,
      token,
    );
    if (tree?.item.state === 'closed') dismantled += 1;
    const steel = (tree?.descendants ?? []).filter(({ category }) => category === 'steel');
    lots.push(...steel.map(({ item }) => item));
  }
  story.scene(
    `处理线拆解 ${dismantled} 台洗衣机，得到 ${lots.length} 批钢材。`,
    `${dismantled} washing machines go down the line and give ${lots.length} lots of steel.`,
  );
  return lots;
}
