import { cast } from '../cast.js';
import { GatewayClient } from '../gateway-client.js';
import { photographs } from './photographs.js';
import { blockOf, itemsOf, only, type Item, type Morning } from './scene.js';
import { kilograms } from './story.js';
import { madeUpVin } from './vin.js';

const APPLIANCES = 10;

/** @returns one photograph for each label that could be read */
export async function readPhotographs({ home, stations, story }: Morning): Promise<string[]> {
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

/** @returns the car */
export async function takeInCar(
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

/** Events about an item, as the gateway shows them. */
interface History {
  readonly events: readonly {
    readonly event: { readonly type: string };
    readonly verdict: string;
    readonly notice?: string;
  }[];
}

/** @returns the appliances */
export async function takeInAppliances(
  { stations, story, token, url }: Morning,
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
  const client = new GatewayClient(url);
  const histories = await Promise.all(
    itemsOf(lines).map((item) =>
      client.get<History>(`/v1/items/${item}/history?minBlock=${blockOf(lines)}`, token),
    ),
  );
  const events = histories.flatMap((history) => history?.events ?? []);
  const taken = events.filter(({ event, verdict }) => event.type === 'register' && verdict === 'accepted');
  const known = taken.filter(({ notice }) => notice !== undefined).length;
  story.scene(
    `${cast.processor.name}收机：${taken.length} 台洗衣机按标签登记，账本已认识并作标记的标签：${known}。`,
    `The processor takes in ${taken.length} washing machines by their labels; labels that the ledger knew already, now marked: ${known}.`,
  );
  return itemsOf(lines);
}
