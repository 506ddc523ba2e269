import type { Language } from '../messages/error.js';
import type { ItemEventType } from '../model/events.js';
import type { ItemKind, ItemState, Role } from '../model/terms.js';
import type { Who } from '../rules/lifecycle.js';

type Pair = readonly [zh: string, en: string];

const kinds: Readonly<Record<ItemKind, Pair>> = {
  vehicle: ['机动车', 'vehicle'],
  part: ['零部件', 'part'],
  device: ['电器电子产品', 'appliance'],
  battery: ['动力电池', 'traction battery'],
  lot: ['材料批次', 'lot of material'],
};

const states: Readonly<Record<ItemState, Pair>> = {
  registered: ['已登记', 'registered'],
  inspected: ['已检验', 'inspected'],
  fitted: ['已装用', 'fitted'],
  dismantled: ['已拆解', 'dismantled'],
  disposed: ['已处置', 'disposed of'],
};

const events: Readonly<Record<ItemEventType, Pair>> = {
  register: ['登记', 'register'],
  inspect: ['检验', 'inspect'],
  handover: ['移交', 'hand over'],
  withdraw: ['撤回移交', 'withdraw the handover'],
  accept: ['接收', 'accept'],
  refuse: ['拒收', 'refuse'],
  dismantle: ['拆解', 'dismantle'],
  fit: ['装用', 'fit'],
  remove: ['拆下', 'remove'],
  dispose: ['处置', 'dispose of'],
};

const roles: Readonly<Record<Role, Pair>> = {
  dismantler: ['报废机动车回收拆解企业', 'dismantler'],
  processor: ['废弃电器电子产品处理企业', 'processor'],
  collector: ['回收商', 'collector'],
  repairShop: ['维修企业', 'repair shop'],
  insurer: ['保险公司', 'insurer'],
  remanufacturer: ['再制造企业', 'remanufacturer'],
  smelter: ['材料利用企业', 'smelter'],
  shredder: ['破碎企业', 'shredder'],
  hazardousWasteHandler: ['危险废物处置单位', 'hazardous-waste handler'],
  secondLifeUser: ['梯次利用企业', 'second-life user'],
  carrier: ['承运人', 'carrier'],
  auditor: ['第三方审核机构', 'auditor'],
  regulator: ['主管部门', 'regulator'],
  police: ['公安车管', 'police'],
  finance: ['财政', 'finance'],
  auctionHouse: ['拍卖行', 'auction house'],
  usedCarDealer: ['二手车商', 'used-car dealer'],
  partsDealer: ['配件商', 'parts dealer'],
  retailer: ['零售商', 'retailer'],
  vehicleOwner: ['车主', 'vehicle owner'],
};

const who: Readonly<Record<Who, Pair>> = {
  anyone: ['登记人', 'whoever brings it'],
  custodian: ['保管人', 'the holder'],
  receiver: ['接收方', 'the receiver'],
  custodianOfHost: ['所装入物品的保管人', 'the holder of what it is fitted into'],
};

/** The life cycle's terms in one language. */
export function terms(language: Language) {
  const pick = ([zh, en]: Pair): string => (language === 'en' ? en : zh);
  return {
    kind: (kind: ItemKind): string => pick(kinds[kind]),
    state: (state: ItemState): string => pick(states[state]),
    event: (event: ItemEventType): string => pick(events[event]),
    role: (role: Role): string => pick(roles[role]),
    who: (party: Who): string => pick(who[party]),
    separator: language === 'en' ? ', ' : '、',
  };
}
