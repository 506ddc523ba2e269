import {
  terms,
  type EvidenceGrade,
  type ItemKind,
  type ItemState,
  type KeyKind,
  type Language,
  type PartClass,
  type Role,
} from '@huilian/core';
import type { PublicStep } from './passport.js';

type Pair = readonly [zh: string, en: string];

const steps: Readonly<Record<PublicStep, Pair>> = {
  register: ['登记', 'Registered'],
  takenOut: ['拆出', 'Taken out'],
  inspect: ['检验', 'Inspected'],
  accept: ['交接完成', 'Changed hands'],
  pack: ['装入物品', 'Things were packed into it'],
  unpack: ['取出物品', 'Things were taken out of it'],
  packed: ['装入载具', 'Packed into a container'],
  unpacked: ['从载具取出', 'Taken out of a container'],
  acceptOnBehalf: ['凭纸质单据交出', 'Handed over on paper'],
  receiveOnPaper: ['凭纸质单据收回', 'Taken back on paper'],
  retireContainer: ['停用', 'Retired'],
  dismantle: ['拆解', 'Dismantled'],
  reportDamage: ['出险', 'Damaged'],
  declareTotalLoss: ['认定全损', 'Declared a total loss'],
  returnToUse: ['修复后恢复使用', 'Repaired and returned to use'],
  changeRegistration: ['办理变更登记', 'Registration changed'],
  sellRemanufactured: ['以旧换再销售', 'Sold for an old part'],
  receiveCore: ['旧件返还', 'Came back as a core'],
  surrender: ['交售报废', 'Given up to be scrapped'],
  receive: ['接收报废车', 'Taken in by a dismantler'],
  issueCertificate: ['出具回收证明', 'Recycling certificate issued'],
  cancelRegistration: ['注销登记', 'Struck off the register'],
  depollute: ['预处理', 'Depolluted'],
  leaveHulk: ['称量车壳', 'Hulk weighed'],
  shred: ['破碎', 'Shredded'],
  codePart: ['编码', 'Coded'],
  markReused: ['标识为回用件', 'Marked as reused'],
  designateCore: ['定为再制造旧件', 'Designated as a core'],
  grade: ['旧件分级', 'Graded'],
  remanufacture: ['再制造', 'Remanufactured'],
  remade: ['再制造而成', 'Made of a core'],
  fit: ['装用', 'Fitted'],
  remove: ['拆下', 'Removed'],
  collectBattery: ['动力电池回收', 'Battery collected'],
  takeInBattery: ['动力电池入库', 'Battery taken in'],
  testBattery: ['剩余容量检测', 'Residual capacity tested'],
  repurpose: ['改为梯次利用产品', 'Made into a second-life product'],
  secondLife: ['梯次利用产品制成', 'Made of a traction battery'],
  recycle: ['再生利用', 'Recycled'],
  partFitted: ['装入零部件', 'A part was fitted'],
  partRemoved: ['拆下零部件', 'A part was removed'],
  collectUnit: ['回收', 'Collected'],
  receiveUnit: ['入厂称重', 'Weighed in'],
  bindSet: ['配对成套', 'Bound as a set'],
  unbindSet: ['解除配对', 'No set any more'],
  eraseData: ['清除数据', 'Data erased'],
  testUnit: ['检测', 'Tested'],
  refurbish: ['翻新', 'Refurbished'],
  sellRefurbished: ['作旧货售出', 'Sold second-hand'],
  issueToLine: ['上线拆解', 'Issued to the line'],
  closeUnit: ['拆解完毕', 'Dismantling complete'],
  dispose: ['处置', 'Disposed of'],
  intakeBatch: ['过磅进厂', 'Weighed in by the truck'],
  sort: ['分拣', 'Sorted'],
  closeSorting: ['分拣结束', 'Sorting closed'],
  weigh: ['称重', 'Weighed'],
  sample: ['取样', 'Sampled'],
  split: ['分批', 'Split'],
  merge: ['并批', 'Merged'],
  transform: ['加工转化', 'Transformed'],
  openManifest: ['开具危险废物转移联单', 'Manifest opened'],
  carryManifest: ['承运人起运', 'On its way by a carrier'],
  acceptManifest: ['接受人接收', 'Accepted by the handler'],
  takeBackLots: ['移出人收回退回批次', 'Back with its sender'],
  refuseManifest: ['接受人拒收', 'Turned back by the handler'],
  cancelManifest: ['联单作废', 'Manifest cancelled'],
  returnManifest: ['返单', 'Manifest returned signed'],
};

const keys: Readonly<Record<KeyKind, Pair>> = {
  device: ['设备密钥签署', "signed by a device's key"],
  person: ['个人密钥签署', "signed by a person's key"],
  service: ['服务密钥签署', 'signed by a service key'],
  administrator: ['管理员密钥签署', "signed by an administrator's key"],
};

/** Categories of vehicles; `truck` is a container as well, so these are looked up for vehicles first. */
const vehicles: Readonly<Record<string, Pair>> = {
  truck: ['货车', 'truck'],
  bus: ['客车', 'bus'],
  schoolBus: ['校车', 'school bus'],
  trailer: ['挂车', 'trailer'],
  motorcycle: ['摩托车', 'motorcycle'],
  specialVehicle: ['专项作业车', 'special-operation vehicle'],
  lowSpeedVehicle: ['低速汽车', 'low-speed vehicle'],
};

/** Categories of the demo and of what the documents tell to type. Others are shown as their code. */
const categories: Readonly<Record<string, Pair>> = {
  passengerCar: ['乘用车', 'passenger car'],
  sedan: ['轿车', 'sedan'],
  car: ['轿车', 'car'],
  engine: ['发动机', 'engine'],
  transmission: ['变速器', 'transmission'],
  steeringGear: ['转向器', 'steering gear'],
  frontAxle: ['前桥', 'front axle'],
  rearAxle: ['后桥', 'rear axle'],
  frame: ['车架', 'frame'],
  door: ['车门', 'door'],
  starter: ['起动机', 'starter'],
  motor: ['电动机', 'motor'],
  tractionBattery: ['动力电池', 'traction battery'],
  energyStorage: ['储能电池', 'energy-storage battery'],
  electricCar: ['纯电动乘用车', 'electric car'],
  plugInHybridCar: ['插电式混合动力乘用车', 'plug-in hybrid car'],
  fuelCellCar: ['燃料电池乘用车', 'fuel-cell car'],
  electricBus: ['纯电动客车', 'electric bus'],
  plugInHybridBus: ['插电式混合动力客车', 'plug-in hybrid bus'],
  fuelCellBus: ['燃料电池客车', 'fuel-cell bus'],
  electricTruck: ['纯电动货车', 'electric truck'],
  plugInHybridTruck: ['插电式混合动力货车', 'plug-in hybrid truck'],
  fuelCellTruck: ['燃料电池货车', 'fuel-cell truck'],
  importedVehicle: ['进口机动车', 'imported vehicle'],
  schoolBus: ['校车', 'school bus'],
  bus: ['大中型载客汽车', 'bus'],
  specialVehicle: ['专项作业车', 'special-operation vehicle'],
  lowSpeedVehicle: ['低速汽车', 'low-speed vehicle'],
  trailer: ['挂车', 'trailer'],
  hazardousGoodsVehicle: ['危险货物运输车', 'hazardous-goods vehicle'],
  blackMass: ['黑粉', 'black mass'],
  television: ['电视机', 'television'],
  refrigerator: ['电冰箱', 'refrigerator'],
  washingMachine: ['洗衣机', 'washing machine'],
  airConditioner: ['空气调节器', 'air conditioner'],
  computer: ['微型计算机', 'computer'],
  rangeHood: ['吸油烟机', 'range hood'],
  electricWaterHeater: ['电热水器', 'electric water heater'],
  gasWaterHeater: ['燃气热水器', 'gas water heater'],
  printer: ['打印机', 'printer'],
  copier: ['复印机', 'copier'],
  fax: ['传真机', 'fax machine'],
  monitor: ['监视器', 'monitor'],
  mobilePhone: ['移动通信手持机', 'mobile phone'],
  telephone: ['电话单机', 'telephone'],
  compressor: ['压缩机', 'compressor'],
  circuitBoards: ['印刷电路板', 'circuit boards'],
  refrigerant: ['制冷剂', 'refrigerant'],
  insulationFoam: ['保温层材料', 'insulation foam'],
  iron: ['废钢铁', 'iron and steel'],
  steel: ['废钢铁', 'steel'],
  copper: ['废铜', 'copper'],
  aluminium: ['废铝', 'aluminium'],
  plastic: ['废塑料', 'plastic'],
  plastics: ['废塑料', 'plastics'],
  glass: ['废玻璃', 'glass'],
  concrete: ['混凝土', 'concrete'],
  wasteOil: ['废油', 'waste oil'],
  coolant: ['冷却液', 'coolant'],
  brakeFluid: ['制动液', 'brake fluid'],
  fuel: ['燃油', 'fuel'],
  leadAcidBattery: ['铅蓄电池', 'lead-acid battery'],
  airbag: ['安全气囊', 'airbag'],
  catalyst: ['尾气净化催化剂', 'catalytic converter'],
  tyre: ['轮胎', 'tyre'],
  mixedIntake: ['混合进厂批次', 'mixed truck load'],
  hazardousWaste: ['危险废物', 'hazardous waste'],
  crtGlass: ['含铅玻璃', 'leaded CRT glass'],
  cable: ['废电线电缆', 'cable'],
  pallet: ['托盘', 'pallet'],
  cage: ['周转笼', 'cage'],
  box: ['箱', 'box'],
  truck: ['车厢', 'truck'],
  rollContainer: ['笼车', 'roll container'],
  shredderResidue: ['破碎残余物', 'shredder residue'],
};

const grades: Readonly<Record<EvidenceGrade, Pair>> = {
  A: ['交接证据 A：双方签名', 'evidence A: both signed'],
  B: ['交接证据 B：服务密钥代签', 'evidence B: a service key signed for one'],
  C: ['交接证据 C：纸质单据', 'evidence C: paper'],
};

/** The terms of the field in one language. */
export function termsIn(language: Language) {
  const pick = (pair: Pair): string => (language === 'en' ? pair[1] : pair[0]);
  const shared = terms(language);
  return {
    pick,
    kind: (kind: ItemKind): string => capital(shared.kind(kind)),
    state: (state: ItemState): string => capital(shared.state(state)),
    partClass: (name: PartClass): string => capital(shared.class(name)),
    step: (what: PublicStep): string => pick(steps[what]),
    role: (role: Role): string => shared.role(role),
    key: (kind: KeyKind): string => pick(keys[kind]),
    evidence: (grade: EvidenceGrade): string => pick(grades[grade]),
    category: (code: string, kind?: ItemKind): string => {
      const pair = (kind === 'vehicle' ? vehicles[code] : undefined) ?? categories[code];
      return pair === undefined ? unnamed(code, language) : capital(pick(pair));
    },
  };
}

/** A code that nobody named: `wiperMotor` is “Wiper motor” in English; in Chinese it stays the code that it is. */
function unnamed(code: string, language: Language): string {
  if (language !== 'en') return code;
  return capital(code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export type Terms = ReturnType<typeof termsIn>;
