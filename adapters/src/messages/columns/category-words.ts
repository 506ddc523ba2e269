import type { Code } from '../../fields/code-list.js';

/** A category with its names, and further ones that offices write. */
type Named = readonly [code: string, zh: string, en: string, ...also: readonly string[]];

const PARTS: readonly Named[] = [
  ['engine', '发动机', 'engine', '发动机总成'],
  ['transmission', '变速器', 'transmission', '变速箱', '变速器总成'],
  ['steeringGear', '转向器', 'steering gear', '方向机', '方向机总成'],
  ['frontAxle', '前桥', 'front axle', '前桥总成'],
  ['rearAxle', '后桥', 'rear axle', '后桥总成'],
  ['frame', '车架', 'frame', '车架总成'],
  ['door', '车门', 'door'],
  ['starter', '起动机', 'starter', '启动机', '马达'],
  ['motor', '电动机', 'motor', '电机'],
  ['compressor', '压缩机', 'compressor'],
  ['catalyst', '尾气净化催化剂', 'catalytic converter', '三元催化器'],
  ['airbag', '安全气囊', 'airbag'],
  ['tyre', '轮胎', 'tyre', '废轮胎'],
  ['leadAcidBattery', '铅蓄电池', 'lead-acid battery', '铅酸蓄电池', '废铅蓄电池'],
  ['tractionBattery', '动力电池', 'traction battery', '动力蓄电池', '动力电池包'],
];
const MATERIALS: readonly Named[] = [
  ['steel', '废钢铁', 'steel', '废钢', '钢铁', '废铁'],
  ['copper', '废铜', 'copper', '铜'],
  ['aluminium', '废铝', 'aluminium', '铝'],
  ['plastic', '废塑料', 'plastic', '塑料'],
  ['glass', '废玻璃', 'glass', '玻璃'],
  ['cable', '废电线电缆', 'cable', '线束', '电线电缆', '废电线', '电缆', '电线'],
  ['circuitBoards', '印刷电路板', 'circuit boards', '电路板', '废电路板', '线路板'],
  ['crtGlass', '含铅玻璃', 'leaded CRT glass'],
  ['insulationFoam', '保温层材料', 'insulation foam'],
  ['refrigerant', '制冷剂', 'refrigerant'],
  ['wasteOil', '废油', 'waste oil', '废机油', '废矿物油', '废润滑油'],
  ['coolant', '冷却液', 'coolant', '废冷却液', '防冻液'],
  ['brakeFluid', '制动液', 'brake fluid', '刹车油'],
  ['fuel', '燃油', 'fuel', '汽油', '柴油'],
  ['blackMass', '黑粉', 'black mass'],
  ['shredderResidue', '破碎残余物', 'shredder residue', '破碎残渣', '残余物'],
];
const APPLIANCES: readonly Named[] = [
  ['refrigerator', '电冰箱', 'refrigerator', '冰箱'],
  ['airConditioner', '空气调节器', 'air conditioner', '空调'],
  ['washingMachine', '洗衣机', 'washing machine'],
  ['television', '电视机', 'television', '电视'],
  ['computer', '微型计算机', 'computer', '电脑'],
  ['rangeHood', '吸油烟机', 'range hood', '油烟机'],
  ['electricWaterHeater', '电热水器', 'electric water heater'],
  ['gasWaterHeater', '燃气热水器', 'gas water heater'],
  ['printer', '打印机', 'printer'],
  ['copier', '复印机', 'copier'],
  ['fax', '传真机', 'fax machine'],
  ['monitor', '监视器', 'monitor', '显示器'],
  ['mobilePhone', '移动通信手持机', 'mobile phone', '手机'],
  ['telephone', '电话单机', 'telephone'],
];

/** Names of categories that tables may have in the place of codes; a category that is not among them is written as its code. */
export const CATEGORY_WORDS: readonly Code[] = [...PARTS, ...MATERIALS, ...APPLIANCES].map(
  ([code, zh, en, ...also]) => ({ code, name: { zh, en }, ...(also.length === 0 ? {} : { also }) }),
);
