import type { Words } from '../time/time-limits.js';

/** What a kind of finding is called, which rule it rests on, and what is kept with it. */
export interface FindingRow {
  readonly title: Words;
  readonly source: Words;
  /** Names of members of the evidence; one that does not apply is left out. */
  readonly evidence: readonly string[];
}

const FRAUDS: Words = { zh: '已知舞弊手法清单', en: 'list of known frauds' };
const SCRAPPED_VEHICLES: Words = {
  zh: '《报废机动车回收管理办法》',
  en: 'Measures for the recycling of scrapped motor vehicles',
};

const HAZARDOUS_STORAGE: Words = {
  zh: '危险废物贮存限量（规则表 hazardousStorageLimits），未证实，可配置',
  en: 'limits of stored hazardous waste (table hazardousStorageLimits), unconfirmed, configurable',
};

/** The kinds of findings. Each comes from the record alone: an event, its verdict, and the rows before and after it. */
export const FINDINGS = {
  resurrection: {
    title: {
      zh: '已销毁的序列号、车辆识别代号或标签再次出现',
      en: 'a destroyed serial, VIN or tag turned up again',
    },
    source: FRAUDS,
    evidence: ['tags', 'former', 'code'],
  },
  contestedTag: {
    title: { zh: '同一标签用于两件物品', en: 'two items bear one tag' },
    source: FRAUDS,
    evidence: ['tags', 'rivals'],
  },
  assemblyTwice: {
    title: { zh: '同一总成出现在两辆车上', en: 'one assembly in two vehicles' },
    source: FRAUDS,
    evidence: ['tags', 'rivals', 'vehicles', 'code'],
  },
  tooManyAssemblies: {
    title: { zh: '拆出的总成多于登记数量', en: 'more assemblies than the vehicle has' },
    source: SCRAPPED_VEHICLES,
    evidence: ['code', 'assemblies'],
  },
  alteredIdentity: {
    title: { zh: '发动机号或车辆识别信息被改动', en: 'an altered engine number or identity' },
    source: FRAUDS,
    evidence: ['reason', 'tags', 'rivals'],
  },
  suspectedStolen: {
    title: { zh: '涉嫌被盗车辆', en: 'a vehicle suspected of being stolen' },
    source: SCRAPPED_VEHICLES,
    evidence: ['reason'],
  },
  categoryDiffers: {
    title: {
      zh: '车辆类别与登记不符',
      en: 'a vehicle that is of another category than it was registered as',
    },
    source: SCRAPPED_VEHICLES,
    evidence: ['category', 'seen'],
  },
  heldItem: {
    title: { zh: '试图处理被锁定的物品', en: 'an attempt to move what is held' },
    source: SCRAPPED_VEHICLES,
    evidence: ['code', 'reason', 'origin'],
  },
  twoPlaces: {
    title: { zh: '标签在两地出现，快于车辆行驶', en: 'a tag at two places faster than a truck drives' },
    source: FRAUDS,
    evidence: ['stations', 'events', 'metres', 'seconds'],
  },
  coreTwice: {
    title: { zh: '同一旧件重复返还', en: 'a core returned twice' },
    source: FRAUDS,
    evidence: ['tags', 'former', 'rivals', 'code'],
  },
  claimedTwice: {
    title: { zh: '同一损失项目重复主张', en: 'one damage line claimed twice' },
    source: { zh: '每个损失项目在同一险种下只赔付一次', en: 'a damage line is paid once per kind of cover' },
    evidence: ['code', 'loss'],
  },
  unlicensedParty: {
    title: { zh: '交给无许可的企业', en: 'passed on to a party without the licence' },
    source: SCRAPPED_VEHICLES,
    evidence: ['code', 'category', 'to'],
  },
  backfilled: {
    title: { zh: '事后补录的扫描', en: 'back-filled scans' },
    source: FRAUDS,
    evidence: ['events', 'seconds'],
  },
  massAppears: {
    title: { zh: '凭空多出的质量', en: 'mass that appears' },
    source: { zh: '质量平衡', en: 'mass balance' },
    evidence: ['code', 'inGrams', 'outGrams'],
  },
  capacityExceeded: {
    title: { zh: '年接收量超过许可能力', en: 'more taken in than the licence allows in a year' },
    source: { zh: '许可证载明的年处理能力', en: 'annual capacity that the licence states' },
    evidence: ['year', 'capacity', 'count'],
  },
  storageNear: {
    title: {
      zh: '危险废物贮存量接近上限',
      en: 'hazardous waste in store comes near the limit',
    },
    source: HAZARDOUS_STORAGE,
    evidence: ['category', 'grams', 'limit', 'others'],
  },
  storageExceeded: {
    title: {
      zh: '危险废物贮存量超过上限',
      en: 'more hazardous waste in store than the limit allows',
    },
    source: HAZARDOUS_STORAGE,
    evidence: ['category', 'grams', 'limit', 'others'],
  },
  shipmentDiffers: {
    title: {
      zh: '危险废物到货重量与联单不符',
      en: 'hazardous waste that arrives with another mass than was sent',
    },
    source: { zh: '《危险废物转移管理办法》', en: 'Measures for the transfer of hazardous waste' },
    evidence: ['code', 'inGrams', 'outGrams'],
  },
  correctionMisnamed: {
    title: {
      zh: '更正所写的事件类型或物品与记录不符',
      en: 'a correction that calls the wrong event another type, or names one of another item',
    },
    source: {
      zh: '更正须如实写明出错的事件',
      en: 'a correction names the wrong event as it is on record',
    },
    evidence: ['event', 'named', 'type'],
  },
} as const satisfies Readonly<Record<string, FindingRow>>;

export type FindingKind = keyof typeof FINDINGS;
export const FINDING_KINDS = Object.keys(FINDINGS) as readonly FindingKind[];

/** What Oversight may find a finding to be. Only what is irregular counts against a party. */
export const FINDING_OUTCOMES = ['unfounded', 'mistake', 'irregular'] as const;
export type FindingOutcome = (typeof FINDING_OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<FindingOutcome, Words>> = {
  unfounded: { zh: '不成立', en: 'unfounded' },
  mistake: { zh: '差错', en: 'mistake' },
  irregular: { zh: '违规', en: 'irregular' },
};

/** Where a stock is beside its limit, lowest first. */
export const STOCK_LEVELS = ['below', 'near', 'exceeded'] as const;

/** Whether Oversight has said what a finding is. */
export const FINDING_STATUSES = ['open', 'decided'] as const;
