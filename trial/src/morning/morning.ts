import { join } from 'node:path';
import { describe, type ErrorCode, type Language } from '@huilian/core';
import { cast, type CastMember } from '../cast.js';
import { GatewayClient } from '../gateway-client.js';
import type { Recorded, Station } from './huilian.js';
import { photographs } from './photographs.js';
import { kilograms, type Story } from './story.js';
import { madeUpVin } from './vin.js';

/** What one morning is played with. */
export interface Morning {
  readonly home: string;
  readonly url: string;
  readonly language: Language;
  readonly story: Story;
  readonly stations: Readonly<Record<CastMember, Station>>;
  readonly keyIds: Readonly<Record<CastMember, string>>;
  /** Reads everything, for the numbers. */
  readonly token: string;
}

/** An item as the gateway shows it. */
interface Item {
  readonly item: string;
  readonly category: string;
  readonly state: string;
  readonly custodian?: string;
  readonly massGrams?: number;
  readonly parent?: string;
}

/** What `huilian verify` counts. */
interface Verified {
  readonly blocks: number;
  readonly transactions: number;
  readonly events: number;
  readonly stateRows: number;
  readonly readModelRows: number;
}

interface Genealogy {
  readonly ancestors: readonly Item[];
  readonly descendants: readonly Item[];
}

const APPLIANCES = 10;
const APPLIANCES_DISMANTLED = 3;

/** Plays one morning, from photographs at two plants to the auditor's verification. */
export async function playMorning(morning: Morning): Promise<void> {
  const pictures = await readPhotographs(morning);
  const car = await takeInCar(morning, pictures.slice(0, 1));
  const appliances = await takeInAppliances(morning, pictures.slice(1));
  const parts = await dismantleCar(morning, car);
  const lots = await dismantleAppliances(morning, appliances);
  await illegalStep(morning, parts.engine);
  await handOn(morning, parts);
  await smelt(morning, [...lots, parts.steel]);
  await audit(morning, parts.door, car);
  await countUp(morning);
}

function itemsOf(lines: readonly Recorded[]): string[] {
  return lines.flatMap(({ item }) => (item === undefined ? [] : [item]));
}

function only(lines: readonly string[], what: string): string {
  const [first] = lines;
  if (first === undefined) throw new Error(`no ${what}`);
  return first;
}

/** @returns one photograph for each label that could be read */
async function readPhotographs({ home, stations, story }: Morning): Promise<string[]> {
  const { files, source } = await photographs(home);
  const { lines } = await stations.dismantler.run<{ file: string; codes: { text: string }[] }>(
    'tag',
    'read',
    ...files,
  );
  const read = lines.filter(({ codes }) => codes.length > 0);
  const labels = new Map(read.map(({ file, codes }) => [codes[0]?.text ?? '', file]));
  const made = source === 'labels' ? { zh: '（本机制作）', en: ' (made here)' } : { zh: '', en: '' };
  story.scene(
    `读取标签照片：${files.length} 张${made.zh}，读出 ${read.length} 张，共 ${labels.size} 种标签。`,
    `Labels are photographed: ${files.length} pictures${made.en}, ${read.length} can be read, ${labels.size} different labels.`,
  );
  return [...labels.values()];
}

async function takeInCar(
  { stations, story, token, url }: Morning,
  pictures: readonly string[],
): Promise<string> {
  const vin = madeUpVin();
  const args = [
    '--kind',
    'vehicle',
    '--category',
    'passengerCar',
    '--mass',
    '1240000',
    '--tag',
    `vin:${vin}`,
    '--together',
  ];
  const lines = await stations.dismantler.record('intake', ...pictures, ...args);
  const id = only(itemsOf(lines), 'car');
  const car = await new GatewayClient(url).get<Item>(`/v1/items/${id}`, token);
  story.scene(
    `${cast.dismantler.name}收车：${vin}，${kilograms(car?.massGrams ?? 0)}，编号 ${id}。`,
    `The dismantler takes in a car: ${vin}, ${kilograms(car?.massGrams ?? 0)}, id ${id}.`,
  );
  return id;
}

async function takeInAppliances(
  { stations, story }: Morning,
  pictures: readonly string[],
): Promise<string[]> {
  const args = [
    '--kind',
    'device',
    '--category',
    'washingMachine',
    '--mass',
    '38000',
    '--from',
    'household:SLIP-0001',
  ];
  const lines = await stations.processor.record('intake', ...pictures.slice(0, APPLIANCES), ...args);
  const known = lines.filter(({ notice }) => notice !== undefined).length;
  story.scene(
    `${cast.processor.name}收机：${lines.length} 台洗衣机按标签登记，账本已认识并作标记的标签：${known}。`,
    `The processor takes in ${lines.length} washing machines by their labels; labels that the ledger knew already, now marked: ${known}.`,
  );
  return itemsOf(lines);
}

interface Parts {
  readonly engine: string;
  readonly transmission: string;
  readonly door: string;
  readonly steel: string;
}

async function dismantleCar({ stations, story, token, url }: Morning, car: string): Promise<Parts> {
  await stations.dismantler.record('inspect', car, '--result', 'unfit');
  const outputs = [
    'part:engine:180000',
    'part:transmission:90000',
    'part:door:30000',
    'lot:steel:820000',
    'lot:aluminium:60000',
    'lot:plastics:50000',
  ];
  const [line] = await stations.dismantler.record(
    'dismantle',
    car,
    ...outputs.flatMap((output) => ['--output', output]),
    '--loss',
    '10000',
    '--tolerance-version',
    '1',
  );
  const named = (category: string): string =>
    only(
      (line?.outputs ?? []).filter((output) => output.category === category).map(({ item }) => item),
      category,
    );
  const tree = await new GatewayClient(url).get<Genealogy>(`/v1/items/${car}/genealogy`, token);
  const masses = (tree?.descendants ?? []).reduce((sum, { massGrams }) => sum + (massGrams ?? 0), 0);
  story.scene(
    `拆解：${tree?.descendants.length ?? 0} 件产出，共 ${kilograms(masses)}。`,
    `The car is dismantled: ${tree?.descendants.length ?? 0} outputs, ${kilograms(masses)} together.`,
  );
  return {
    engine: named('engine'),
    transmission: named('transmission'),
    door: named('door'),
    steel: named('steel'),
  };
}

/** @returns the lots of steel */
async function dismantleAppliances(
  { stations, story }: Morning,
  appliances: readonly string[],
): Promise<string[]> {
  const lots: string[] = [];
  const outputs = ['part:motor:4200', 'lot:steel:22000', 'lot:plastics:9000', 'lot:concrete:2500'];
  const chosen = appliances.slice(0, APPLIANCES_DISMANTLED);
  for (const appliance of chosen) {
    await stations.processor.record('inspect', appliance, '--result', 'unfit');
    const [line] = await stations.processor.record(
      'dismantle',
      appliance,
      ...outputs.flatMap((output) => ['--output', output]),
      '--loss',
      '300',
      '--tolerance-version',
      '1',
    );
    lots.push(
      ...(line?.outputs ?? []).filter(({ category }) => category === 'steel').map(({ item }) => item),
    );
  }
  story.scene(
    `处理线拆解 ${chosen.length} 台洗衣机，得到 ${lots.length} 批钢材。`,
    `${chosen.length} washing machines go down the line and give ${lots.length} lots of steel.`,
  );
  return lots;
}

/** The shop inspects an engine that the dismantler still holds. The auditor keeps the proof of the attempt. */
async function illegalStep({ home, stations, story, language }: Morning, engine: string): Promise<void> {
  const { exitCode, lines } = await stations.repairShop.run<Recorded>('inspect', engine, '--result', 'fit');
  const refused = lines[0];
  if (exitCode !== 3 || refused?.status !== 'refused' || refused.code === undefined) {
    throw new Error(`an illegal step was not refused: ${JSON.stringify(lines)}`);
  }
  const why = `${refused.code} ${describe(refused.code as ErrorCode, {}, language)}`;
  story.scene(
    `${cast.repairShop.name}想检验一台并不在其手中的发动机，被拒绝，并留有记录：`,
    'The repair shop inspects an engine that it does not hold. That is refused, and the attempt is on record:',
  );
  story.line(why, why);
  const file = join(home, 'refused-attempt.json');
  await stations.auditor.run('proof', refused.event, '--out', file);
  const { lines: proved, stderr } = await stations.auditor.run<{ verdict: string; organisations: string[] }>(
    'verify',
    file,
  );
  if (proved[0]?.verdict !== refused.code) throw new Error(`the attempt is not proved: ${stderr}`);
  const signers = proved[0].organisations.join(', ');
  story.line(
    `证明已存为 ${file}，离线核验通过，签署方：${signers}。`,
    `Its proof is kept as ${file} and verifies offline, signed by ${signers}.`,
  );
}

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

async function handOn(
  { stations, story, token, url }: Morning,
  { door, engine, transmission }: Parts,
): Promise<void> {
  const { dismantler, repairShop, remanufacturer } = stations;
  await pass(dismantler, repairShop, 'dismantler', 'repairShop', [door]);
  await pass(dismantler, remanufacturer, 'dismantler', 'remanufacturer', [engine, transmission]);
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
    `交接：车门由${cast.repairShop.name}接收、检验并装上 ${vin}（状态 ${fitted?.state ?? ''}）；发动机和变速器由${nameOf(held?.custodian)}持有。`,
    `Handovers: the shop accepts the door, inspects it and fits it into ${vin} (state ${fitted?.state ?? ''}); engine and transmission are held by ${nameOf(held?.custodian)}.`,
  );
}

function nameOf(creditCode: string | undefined): string {
  return Object.values(cast).find((enterprise) => enterprise.creditCode === creditCode)?.name ?? '?';
}

async function smelt({ stations, story, token, url }: Morning, lots: readonly string[]): Promise<void> {
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

async function audit({ stations, story, url }: Morning, door: string, car: string): Promise<void> {
  const trace = await stations.auditor.run<unknown>('item', 'trace', door);
  const genealogy = await stations.auditor.run<Genealogy>('item', 'tree', door);
  const back = genealogy.lines[0]?.ancestors.at(-1)?.item;
  if (trace.exitCode !== 0 || back !== car)
    throw new Error(`the door does not lead back to its car: ${trace.stderr}${genealogy.stderr}`);
  story.scene(
    `审核员追溯车门 ${door}：来自车辆 ${back}。`,
    `The auditor traces door ${door} back to car ${back}.`,
  );
  story.line(`在手机上查看：${url}/p/${door}`, `To look at on a phone: ${url}/p/${door}`);
  const { exitCode, lines, stderr } = await stations.auditor.run<Verified>('verify', '--read-model');
  const [verified] = lines;
  if (exitCode !== 0 || !verified) throw new Error(`the ledger did not verify (${exitCode}): ${stderr}`);
  story.scene(
    `审核员不信任任何人，从创世区块起重算：${verified.blocks} 个区块、${verified.transactions} 笔交易、${verified.events} 个事件；与世界状态 ${verified.stateRows} 行、读模型 ${verified.readModelRows} 行比对，无一差异。`,
    `The auditor trusts nobody and computes the ledger anew from its genesis block: ${verified.blocks} blocks, ${verified.transactions} transactions, ${verified.events} events; compared with ${verified.stateRows} rows of the world state and ${verified.readModelRows} of the read model, no difference.`,
  );
}

async function countUp({ keyIds, story, token, url }: Morning): Promise<void> {
  const client = new GatewayClient(url);
  story.scene(
    '今天每个工位记录的事件（读自账本）：',
    'Events that each station recorded today, as the ledger has them:',
  );
  for (const [member, keyId] of Object.entries(keyIds) as [CastMember, string][]) {
    const lane = await client.get<{ events: number; refused: number }>(`/v1/lanes/${keyId}`, token);
    if (!lane) continue;
    const { name } = cast[member];
    story.line(
      `${name}：${lane.events}，其中拒绝 ${lane.refused}`,
      `${name}: ${lane.events}, of them refused ${lane.refused}`,
    );
  }
}
