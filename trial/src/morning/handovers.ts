import { cast, type CastMember } from '../cast.js';
import { GatewayClient } from '../gateway-client.js';
import type { Parts } from './dismantling.js';
import type { Station } from './huilian.js';
import { itemsOf, only, type Item, type Morning } from './scene.js';
import { kilograms } from './story.js';
import { madeUpVin } from './vin.js';

async function pass(
  from: Station,
  to: Station,
  giver: CastMember,
  receiver: CastMember,
  items: readonly string[],
): Promise<void> {
  await from.record('handover', ...items, '--to', cast[receiver].creditCode);
  await to.record('accept', ...items, '--from', cast[giver].creditCode);
}

/** The door goes to the shop and into a customer's car; engine and transmission are coded and go to the remanufacturer. */
export async function handOn(
  { stations, story, token, url }: Morning,
  { door, engine, transmission }: Parts,
): Promise<void> {
  const { dismantler, repairShop, remanufacturer } = stations;
  await dismantler.record('inspect', door, engine, transmission, '--result', 'fit');
  await dismantler.record('part', 'mark', door, '--mark', 'REUSED-0001');
  await pass(dismantler, repairShop, 'dismantler', 'repairShop', [door]);
  for (const [assembly, model] of [
    [engine, 'EA211'],
    [transmission, 'MQ200'],
  ] as const) {
    const label = `serial:DEMO-${assembly.slice(-8)}`;
    await dismantler.record('part', 'code', assembly, '--label', label, '--model', model);
  }
  await pass(dismantler, remanufacturer, 'dismantler', 'remanufacturer', [engine, transmission]);
  await remanufacturer.record('part', 'core', engine);
  await remanufacturer.record('part', 'grade', engine, '--as', 'A');
  const product = `part:engine:176000:serial:ZZZ-${engine.slice(-8)}`;
  await remanufacturer.record('part', 'remanufacture', engine, '--product', product, '--mark', 'ZZZ-0001');
  await repairShop.record('inspect', door, '--result', 'fit');
  const vin = madeUpVin(Date.now() + 7);
  const customers = await repairShop.record(
    'intake',
    '--kind',
    'vehicle',
    '--category',
    'passengerCar',
    '--tag',
    `vin:${vin}`,
  );
  const customer = only(itemsOf(customers), 'customer car');
  await repairShop.record('fit', door, '--into', customer);
  const client = new GatewayClient(url);
  const fitted = await client.get<Item & { fittedInto?: string }>(`/v1/items/${door}`, token);
  const held = await client.get<Item>(`/v1/items/${engine}`, token);
  story.scene(
    `交接：车门由${cast.repairShop.name}接收、检验并装上 ${vin}（状态 ${fitted?.state ?? ''}）；发动机和变速器由${nameOf(held?.custodian)}持有，发动机已再制造。`,
    `Handovers: the shop accepts the door, inspects it and fits it into ${vin} (state ${fitted?.state ?? ''}); the engine is remanufactured; engine and transmission are held by ${nameOf(held?.custodian)}.`,
  );
}

function nameOf(creditCode: string | undefined): string {
  return Object.values(cast).find((enterprise) => enterprise.creditCode === creditCode)?.name ?? '?';
}

/** The steel goes to the smelter. */
export async function smelt(
  { stations, story, token, url }: Morning,
  lots: readonly string[],
): Promise<void> {
  const { dismantler, processor, smelter } = stations;
  await pass(processor, smelter, 'processor', 'smelter', lots.slice(0, -1));
  await pass(dismantler, smelter, 'dismantler', 'smelter', lots.slice(-1));
  await smelter.record('dispose', ...lots, '--method', 'smelted');
  const client = new GatewayClient(url);
  const rows = await Promise.all(lots.map((lot) => client.get<Item>(`/v1/items/${lot}`, token)));
  const smelted = rows.filter((row) => row?.state === 'disposed');
  const mass = smelted.reduce((sum, row) => sum + (row?.massGrams ?? 0), 0);
  story.scene(
    `${cast.smelter.name}接收并冶炼 ${smelted.length} 批钢材，共 ${kilograms(mass)}。`,
    `The smelter accepts and smelts ${smelted.length} lots of steel, ${kilograms(mass)} together.`,
  );
}
