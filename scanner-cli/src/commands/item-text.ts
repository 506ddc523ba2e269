import { TIME_LIMITS, type Language } from '@huilian/core';
import { say, type Phrase } from '../language.js';
import { massDifferences } from '../recording/mass-difference.js';
import { padded, widthOf } from '../width.js';
import { correctionText } from './correction-text.js';
import {
  classText,
  codeText,
  kindText,
  reasonText,
  stateText,
  timeText,
  typeText,
  verdictText,
} from '../words.js';
import { APPLIANCE_LABELS, APPLIANCE_VALUES, applianceMembers } from './appliance-text.js';
import { insuranceRows } from './insurance-text.js';
import { latenessText } from './clock-text.js';
import type { EventShown, Genealogy, Item } from './item-shown.js';

/** What the members of an item are called. Those not named here keep their name of JSON. */
const LABELS: Readonly<Record<string, Phrase>> = {
  item: { zh: '物品', en: 'item' },
  kind: { zh: '种类', en: 'kind' },
  category: { zh: '类别', en: 'category' },
  state: { zh: '状态', en: 'state' },
  custodian: { zh: '保管人', en: 'custodian' },
  owner: { zh: '所有者', en: 'owner' },
  massGrams: { zh: '质量（克）', en: 'massGrams' },
  parent: { zh: '来源物品', en: 'parent' },
  removedFrom: { zh: '拆自', en: 'removedFrom' },
  fittedInto: { zh: '装入', en: 'fittedInto' },
  class: { zh: '零部件类别', en: 'class' },
  model: { zh: '型号', en: 'model' },
  fromScrapped: { zh: '报废车总成', en: 'fromScrapped' },
  grade: { zh: '旧件等级', en: 'grade' },
  core: { zh: '所用旧件', en: 'core' },
  takenGrams: { zh: '已拆出（克）', en: 'takenGrams' },
  totalLoss: { zh: '全损', en: 'totalLoss' },
  rebuilt: { zh: '全损修复车', en: 'rebuilt' },
  certificate: { zh: '回收证明编号', en: 'certificate' },
  supervision: { zh: '监督解体', en: 'supervision' },
  hold: { zh: '锁定原因', en: 'hold' },
  heldWith: { zh: '随同锁定的车辆', en: 'heldWith' },
  capacityPermille: { zh: '剩余容量（‰）', en: 'capacityPermille' },
  result: { zh: '检测结论', en: 'result' },
  packs: { zh: '车上电池包', en: 'packs' },
  incomplete: { zh: '缺电池包的原因', en: 'incomplete' },
  consignee: { zh: '收货方', en: 'consignee' },
  pieces: { zh: '件数', en: 'pieces' },
  bookGrams: { zh: '账面质量（克）', en: 'bookGrams' },
  wasteCode: { zh: '危废代码', en: 'wasteCode' },
  manifest: { zh: '所在联单', en: 'manifest' },
  differenceGrams: { zh: '收发差异（克）', en: 'differenceGrams' },
  joined: { zh: '一同投入的批次', en: 'joined' },
  carrier: { zh: '承运人', en: 'carrier' },
  handler: { zh: '接受人', en: 'handler' },
  carried: { zh: '承运人已签字', en: 'carried' },
  acceptedGrams: { zh: '接收质量（克）', en: 'acceptedGrams' },
  refusal: { zh: '拒收原因', en: 'refusal' },
  contested: { zh: '有争议', en: 'contested' },
  heldBy: { zh: '随所在载具由谁保管', en: 'heldBy' },
  container: { zh: '所在载具', en: 'container' },
  evidence: { zh: '交接证据等级', en: 'evidence' },
  contents: { zh: '内装件数', en: 'contents' },
  leftBecause: { zh: '留给移交方的原因', en: 'leftBecause' },
  difference: { zh: '交接差异（移交/接收）', en: 'difference (given/taken)' },
  paperBy: { zh: '纸质单据录入方', en: 'paperBy' },
  inspection: { zh: '检验', en: 'inspection' },
  count: { zh: '事件数', en: 'count' },
  head: { zh: '链头', en: 'head' },
  tags: { zh: '标签', en: 'tags' },
  ...APPLIANCE_LABELS,
};
const VALUES: Readonly<Record<string, Phrase>> = {
  true: { zh: '是', en: 'yes' },
  fit: { zh: '合格', en: 'fit' },
  unfit: { zh: '不合格', en: 'unfit' },
  constructive: { zh: '推定全损', en: 'constructive' },
  mustScrap: { zh: '必须报废', en: 'must be scrapped' },
  due: { zh: '待监督方签名', en: 'due' },
  witnessed: { zh: '监督方已签名', en: 'witnessed' },
  suspectedStolen: { zh: '涉嫌被盗', en: 'suspected stolen' },
  alteredIdentity: { zh: '车辆识别信息被改动', en: 'altered identity' },
  secondLife: { zh: '梯次利用', en: 'second life' },
  recycle: { zh: '再生利用', en: 'recycling' },
  swapContract: { zh: '换电合同', en: 'swap contract' },
  leaseContract: { zh: '租赁合同', en: 'lease contract' },
  earlierReplacement: { zh: '此前已更换', en: 'earlier replacement' },
  underInvestigation: { zh: '调查中', en: 'under investigation' },
};
/** Members whose values have words of their own. */
const WORDED: ReadonlySet<string> = new Set([
  'contested',
  'inspection',
  'fromScrapped',
  'rebuilt',
  'totalLoss',
  'supervision',
  'hold',
  'result',
  'incomplete',
  'labelled',
  'incompleteUnit',
  'dataErased',
]);
const REASONED: ReadonlySet<string> = new Set(['leftBecause', 'refusal']);
/** What is asked of most comes first; the rest follows as the gateway gives it. */
const FIRST = ['item', 'kind', 'category', 'class', 'state', 'custodian', 'heldBy', 'owner', 'massGrams'];

/** An item as it stands, a member a line. */
export function itemText(item: Item, language: Language): string {
  const tags = item.tags?.map(({ scheme, value }) => `${scheme}/${value}`).join(', ');
  const { battery, appliance, insurance, ...members } = item;
  const { capacityPermille, result, incomplete } = battery ?? {};
  const ofBatteries = { capacityPermille, result, packs: battery?.packs?.join(', '), incomplete };
  const facts = { ...item.lot, ...item.manifest, ...applianceMembers(appliance), ...moved(item) };
  const named = Object.entries({ ...members, manifest: undefined, ...facts, ...ofBatteries, tags });
  const rows = named
    .sort(([one], [other]) => placeOf(one) - placeOf(other))
    .flatMap(([name, value]) => (isScalar(value) ? [[name, String(value)] as const] : []))
    .map(([name, value]) => [labelOf(name, language), valueOf(name, value, language)] as const)
    .concat(insurance ? insuranceRows(insurance, language) : []);
  const width = Math.max(...rows.map(([label]) => widthOf(label))) + 2;
  return rows.map(([label, value]) => padded(label, width) + value).join('\n');
}

function placeOf(name: string): number {
  const place = FIRST.indexOf(name);
  return place < 0 ? FIRST.length : place;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** How it is moved, a member a line. */
function moved({ logistics = {} }: Item): Readonly<Record<string, string | number | undefined>> {
  const { container, evidence, goods, exception, differences = [], paperBy } = logistics;
  const differs = differences.flatMap(
    ({ from, to, handedOverGrams, acceptedGrams, handedOverCount, acceptedCount }) => {
      const figures = [
        handedOverGrams === undefined ? [] : [`${handedOverGrams} g / ${acceptedGrams ?? ''} g`],
        handedOverCount === undefined ? [] : [`${handedOverCount} / ${acceptedCount ?? ''}`],
      ];
      return `${from} → ${to}: ${figures.flat().join(', ')}`;
    },
  );
  return {
    container,
    evidence,
    contents: goods?.count,
    leftBecause: exception?.reason,
    difference: differs.length === 0 ? undefined : differs.join('; '),
    paperBy,
  };
}

function labelOf(name: string, language: Language): string {
  const label = LABELS[name];
  return label ? say(label, language) : name;
}

function valueOf(name: string, value: string, language: Language): string {
  if (name === 'kind') return kindText(value, language);
  if (name === 'state') return stateText(value, language);
  if (name === 'class') return classText(value, language);
  if (REASONED.has(name)) return reasonText(value, language);
  const ofAppliance = APPLIANCE_VALUES[name]?.[value];
  if (ofAppliance) return say(ofAppliance, language);
  const known = WORDED.has(name) || (name === 'grade' && value === 'unfit') ? VALUES[value] : undefined;
  return known ? say(known, language) : value;
}

/** An item and its events; without them when the reader may not see them. */
export function traceText(
  {
    item,
    kind,
    category,
    events,
  }: Pick<Item, 'item' | 'kind' | 'category'> & {
    readonly events: readonly EventShown[] | undefined;
  },
  language: Language,
): string {
  const head = `${item}  ${kindText(kind, language)} ${category}`;
  if (!events) return `${head}\n  ${codeText('HL-4020', language)}`;
  const differences = massDifferences(events);
  const width = Math.max(10, ...events.map(({ event }) => widthOf(typeText(event.type, language))));
  const lines = events.flatMap(
    ({ time, event, signer, verdict, notice, evidence, block, clocks = [], correction }, place) => {
      const type = padded(typeText(event.type, language), width);
      const difference = differences.get(place);
      return [
        `  ${timeText(time)}  ${type} ${signer}  ${verdictText(verdict, language)}  #${block}${evidence === undefined ? '' : `  ${evidence}`}`,
        ...[verdict, notice].flatMap((code) =>
          code === undefined || code === 'accepted' ? [] : [`    ${codeText(code, language)}`],
        ),
        ...clocks.flatMap(({ timeLimit, late }) =>
          late === undefined
            ? []
            : [`    ! ${limitText(timeLimit, language)}: ${latenessText(late, language)}`],
        ),
        ...(difference ? [`    ! ${say(difference, language)}`] : []),
        ...(correction ? [`    ${correctionText(correction, language)}`] : []),
      ];
    },
  );
  return [head, ...lines].join('\n');
}

function limitText(name: string, language: Language): string {
  const limit = TIME_LIMITS.find((each) => each.name === name);
  return limit === undefined ? name : say(limit.title, language);
}

/** What an item came out of, and what came out of it. */
export function treeText({ item, ancestors, descendants, complete }: Genealogy, language: Language): string {
  const branch = (each: Item, depth: number): string => {
    const mass = each.massGrams === undefined ? '' : `  ${each.massGrams} g`;
    const kind = kindText(each.kind, language);
    return `${'  '.repeat(depth)}${each.item}  ${kind} ${each.category} ${stateText(each.state, language)}${mass}`;
  };
  const top = Math.max(0, ...ancestors.map(({ depth }) => depth));
  const above = [...ancestors].reverse().map((each) => branch(each, top - each.depth));
  const text = [...above, branch(item, top)];
  const below = (parent: string, depth: number): string[] =>
    descendants
      .filter((each) => each.parent === parent)
      .flatMap((each) => [branch(each, depth), ...below(each.item, depth + 1)]);
  return [...text, ...below(item.item, top + 1), ...(complete ? [] : ['…'])].join('\n');
}
