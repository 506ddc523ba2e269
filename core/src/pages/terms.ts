import type { Language } from '../messages/error.js';
import type { ItemEventType } from '../model/events.js';
import type { ItemKind, ItemState, PartClass, Role } from '../model/terms.js';
import type { Condition, Who } from '../rules/lifecycle/index.js';

type Pair = readonly [zh: string, en: string];

const kinds: Readonly<Record<ItemKind, Pair>> = {
  vehicle: ['机动车', 'vehicle'],
  part: ['零部件', 'part'],
  device: ['电器电子产品', 'appliance'],
  battery: ['动力电池', 'traction battery'],
  lot: ['材料批次', 'lot of material'],
  container: ['载具', 'container'],
};

const states: Readonly<Record<ItemState, Pair>> = {
  registered: ['已登记', 'registered'],
  inspected: ['已检验', 'inspected'],
  fitted: ['已装用', 'fitted'],
  graded: ['已分级', 'graded'],
  remanufactured: ['已再制造', 'remanufactured'],
  inUse: ['在用', 'in use'],
  damaged: ['出险', 'damaged'],
  assessed: ['已定损', 'assessed'],
  totalLoss: ['全损', 'total loss'],
  salvageSold: ['残值已售', 'salvage sold'],
  surrendered: ['已交售', 'surrendered'],
  received: ['已接收', 'received'],
  certificateIssued: ['已出具回收证明', 'certificate issued'],
  depolluted: ['已预处理', 'depolluted'],
  dismantled: ['已拆解', 'dismantled'],
  hulk: ['车架壳体', 'hulk'],
  shredded: ['已破碎', 'shredded'],
  removed: ['已拆下', 'removed'],
  collected: ['已回收', 'collected'],
  tested: ['已检测', 'tested'],
  secondLife: ['梯次利用', 'in second life'],
  repurposed: ['已改为梯次利用产品', 'made into a second-life product'],
  recycled: ['已再生利用', 'recycled'],
  disposed: ['已处置', 'disposed of'],
};

const classes: Readonly<Record<PartClass, Pair>> = {
  newPart: ['新件', 'new part'],
  usedPart: ['旧件', 'used part'],
  secondHandPart: ['二手件（回用件）', 'second-hand part'],
  core: ['再制造旧件', 'core'],
  remanufacturedPart: ['再制造产品', 'remanufactured part'],
};

const conditions: Readonly<Record<Condition, Pair>> = {
  fitForUse: ['检验合格', 'inspected and fit'],
  notAnAssembly: ['不是报废车五大总成', 'no assembly of a scrapped vehicle'],
  ownVehicleOnly: ['旧件只能装回原车', 'a used part only into its own vehicle'],
  mayBeRemanufactured: ['允许再制造的零部件', 'a part that may be remanufactured'],
  notUnfit: ['分级合格', 'not graded unfit'],
  certificateInOrder: [
    '先有回收证明，除非规则表 certificateAfter 另有规定',
    'the certificate first, unless the table certificateAfter says otherwise',
  ],
  certified: ['已出具回收证明', 'the recycling certificate is issued'],
  notCertified: ['尚无回收证明', 'no recycling certificate yet'],
  witnessed: ['须监督的已由监督方签名', 'the supervisor has signed where one is due'],
  massBalances: ['质量平衡', 'mass balances'],
  assembliesOnRecord: ['总成不超过登记数量', 'no more assemblies than on record'],
  packsNamed: [
    '新能源汽车须登记电池包编码或缺失原因',
    'an electric vehicle with its packs named, or the reason',
  ],
  packsOnRecord: ['只拆出已登记的电池包', 'no packs but those on record'],
  packsOut: ['电池包已拆出', 'the battery packs are out'],
  mayBeUsedAgain: ['检测未判定再生利用', 'not failed in its test'],
  testPassed: ['剩余容量检测合格', 'tested and fit for second life'],
  lawfulBuyer: ['必须报废的只能售予持证拆解企业', 'what must be scrapped to a licensed dismantler'],
};

const events: Readonly<Record<ItemEventType, Pair>> = {
  register: ['登记', 'register'],
  inspect: ['检验', 'inspect'],
  handover: ['移交', 'hand over'],
  withdraw: ['撤回移交', 'withdraw the handover'],
  accept: ['接收', 'accept'],
  refuse: ['拒收', 'refuse'],
  pack: ['装入载具', 'pack'],
  unpack: ['从载具取出', 'unpack'],
  retireContainer: ['停用载具', 'retire the container'],
  acceptOnBehalf: ['凭纸质单据交出', 'hand over on paper'],
  receiveOnPaper: ['凭纸质单据收回', 'take back on paper'],
  settleDifference: ['了结差异', 'settle the difference'],
  reportDamage: ['报损', 'report damage'],
  assess: ['定损', 'assess'],
  declareTotalLoss: ['认定全损', 'declare a total loss'],
  sellSalvage: ['出售残值', 'sell the salvage'],
  returnToUse: ['修复后恢复使用', 'return to use'],
  surrender: ['交售报废', 'surrender'],
  receive: ['接收报废车', 'receive'],
  issueCertificate: ['出具回收证明', 'issue the certificate'],
  cancelRegistration: ['注销登记', 'cancel the registration'],
  depollute: ['预处理', 'depollute'],
  dismantle: ['拆解', 'dismantle'],
  leaveHulk: ['称量车架壳体', 'weigh the hulk'],
  shred: ['破碎', 'shred'],
  hold: ['扣留', 'hold'],
  release: ['解除扣留', 'release'],
  witness: ['监督签名', 'witness'],
  markReused: ['标识为回用件', 'mark as reused'],
  designateCore: ['定为再制造旧件', 'designate as a core'],
  grade: ['旧件分级', 'grade'],
  remanufacture: ['再制造', 'remanufacture'],
  fit: ['装用', 'fit'],
  remove: ['拆下', 'remove'],
  dispose: ['处置', 'dispose of'],
  collectBattery: ['回收动力电池', 'collect the battery'],
  takeInBattery: ['入库称重', 'take the battery in'],
  testBattery: ['检测剩余容量', 'test the residual capacity'],
  repurpose: ['梯次利用', 'make a second-life product'],
  recycle: ['再生利用', 'recycle'],
  reportTrace: ['上传溯源信息', 'report to the traceability platform'],
  declarePackMissing: ['说明电池包缺失', 'declare a pack missing'],
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
    class: (name: PartClass): string => pick(classes[name]),
    condition: (condition: Condition): string => pick(conditions[condition]),
    role: (role: Role): string => pick(roles[role]),
    who: (party: Who): string => pick(who[party]),
    separator: language === 'en' ? ', ' : '、',
  };
}
