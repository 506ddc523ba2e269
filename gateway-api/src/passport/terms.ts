import type { ItemKind, ItemState, KeyKind, Language, Role } from '@huilian/core';
import type { PublicStep } from './passport.js';

type Pair = readonly [zh: string, en: string];

const kinds: Readonly<Record<ItemKind, Pair>> = {
  vehicle: ['报废机动车', 'Scrapped vehicle'],
  part: ['零部件', 'Part'],
  device: ['废弃电器电子产品', 'Appliance'],
  battery: ['动力电池', 'Traction battery'],
  lot: ['材料批次', 'Material lot'],
};

const states: Readonly<Record<ItemState, Pair>> = {
  registered: ['已登记', 'Registered'],
  inspected: ['已检验', 'Inspected'],
  fitted: ['已装用', 'Fitted'],
  dismantled: ['已拆解', 'Dismantled'],
  disposed: ['已处置', 'Disposed of'],
};

const steps: Readonly<Record<PublicStep, Pair>> = {
  register: ['登记', 'Registered'],
  takenOut: ['拆出', 'Taken out'],
  inspect: ['检验', 'Inspected'],
  accept: ['交接完成', 'Changed hands'],
  dismantle: ['拆解', 'Dismantled'],
  fit: ['装用', 'Fitted'],
  remove: ['拆下', 'Removed'],
  partFitted: ['装入零部件', 'A part was fitted'],
  partRemoved: ['拆下零部件', 'A part was removed'],
  dispose: ['处置', 'Disposed of'],
};

const roles: Readonly<Record<Role, Pair>> = {
  dismantler: ['报废机动车回收拆解企业', 'vehicle dismantler'],
  processor: ['废弃电器电子产品处理企业', 'e-waste processor'],
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
  finance: ['财政', 'finance authority'],
  auctionHouse: ['拍卖行', 'auction house'],
  usedCarDealer: ['二手车商', 'used-car dealer'],
  partsDealer: ['配件商', 'parts dealer'],
  retailer: ['零售商', 'retailer'],
  vehicleOwner: ['车主', 'vehicle owner'],
};

const keys: Readonly<Record<KeyKind, Pair>> = {
  device: ['设备密钥签署', "signed by a device's key"],
  person: ['个人密钥签署', "signed by a person's key"],
  service: ['服务密钥签署', 'signed by a service key'],
  administrator: ['管理员密钥签署', "signed by an administrator's key"],
};

/** Categories of the demo tables. Others are shown as their code. */
const categories: Readonly<Record<string, Pair>> = {
  passengerCar: ['乘用车', 'passenger car'],
  car: ['轿车', 'car'],
  engine: ['发动机', 'engine'],
  transmission: ['变速器', 'transmission'],
  steeringGear: ['转向器', 'steering gear'],
  frontAxle: ['前桥', 'front axle'],
  rearAxle: ['后桥', 'rear axle'],
  frame: ['车架', 'frame'],
  door: ['车门', 'door'],
  starter: ['起动机', 'starter'],
  television: ['电视机', 'television'],
  refrigerator: ['电冰箱', 'refrigerator'],
  washingMachine: ['洗衣机', 'washing machine'],
  airConditioner: ['空气调节器', 'air conditioner'],
  computer: ['微型计算机', 'computer'],
  compressor: ['压缩机', 'compressor'],
  circuitBoards: ['印刷电路板', 'circuit boards'],
  iron: ['废钢铁', 'iron and steel'],
  steel: ['废钢铁', 'steel'],
  copper: ['废铜', 'copper'],
  aluminium: ['废铝', 'aluminium'],
  plastic: ['废塑料', 'plastic'],
  plastics: ['废塑料', 'plastics'],
  glass: ['废玻璃', 'glass'],
};

/** The terms of the field in one language. */
export function termsIn(language: Language) {
  const pick = (pair: Pair): string => (language === 'en' ? pair[1] : pair[0]);
  return {
    pick,
    kind: (kind: ItemKind): string => pick(kinds[kind]),
    state: (state: ItemState): string => pick(states[state]),
    step: (what: PublicStep): string => pick(steps[what]),
    role: (role: Role): string => pick(roles[role]),
    key: (kind: KeyKind): string => pick(keys[kind]),
    category: (code: string): string => {
      const pair = categories[code];
      const text = pair === undefined ? code : pick(pair);
      return text.charAt(0).toUpperCase() + text.slice(1);
    },
  };
}

export type Terms = ReturnType<typeof termsIn>;
