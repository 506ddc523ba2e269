import { APPLIANCE_TYPES } from '@huilian/core';
import type { Code } from '../../fields/code-list.js';
import type { Phrase } from '../../fields/phrase.js';
import type { Column } from '../../formats/format.js';
import { category, codes, column, digest, number, reference, serial, version } from './column.js';

const CATALOGUE_2014: Phrase = {
  zh: '《废弃电器电子产品处理目录（2014年版）》',
  en: 'Catalogue of waste electrical and electronic products, 2014',
};
const ORDER_551: Phrase = {
  zh: '《废弃电器电子产品回收处理管理条例》（国务院令第551号）',
  en: 'Regulation on waste electrical and electronic products (State Council order 551)',
};

const typeNames: Readonly<Record<(typeof APPLIANCE_TYPES)[number], Phrase>> = {
  crtTelevision: { zh: 'CRT 电视机', en: 'CRT television' },
  plasmaTelevision: { zh: '等离子电视机', en: 'plasma television' },
  lcdTelevision: { zh: '液晶电视机', en: 'LCD television' },
  oledTelevision: { zh: 'OLED 电视机', en: 'OLED television' },
  rearProjectionTelevision: { zh: '背投电视机', en: 'rear-projection television' },
  desktopHost: { zh: '台式电脑主机', en: 'desktop host' },
  desktopMonitor: { zh: '台式电脑显示器', en: 'desktop monitor' },
  allInOne: { zh: '一体机', en: 'all-in-one computer' },
  laptop: { zh: '便携式电脑', en: 'laptop' },
  tablet: { zh: '平板电脑', en: 'tablet' },
  singleTub: { zh: '单桶洗衣机', en: 'single-tub washing machine' },
  spinDryer: { zh: '脱水机', en: 'spin dryer' },
  twinTub: { zh: '双桶洗衣机', en: 'twin-tub washing machine' },
  impellerAutomatic: { zh: '波轮式全自动洗衣机', en: 'impeller automatic washing machine' },
  drum: { zh: '滚筒式全自动洗衣机', en: 'drum washing machine' },
  fridge: { zh: '冰箱', en: 'fridge' },
  freezer: { zh: '冰柜', en: 'freezer' },
  splitIndoor: { zh: '分体空调室内机', en: 'split air conditioner, indoor unit' },
  splitOutdoor: { zh: '分体空调室外机', en: 'split air conditioner, outdoor unit' },
  oneBody: { zh: '整体式空调', en: 'one-body air conditioner' },
};

/** The 14 categories of the catalogue, in its order. */
const categoryNames = {
  refrigerator: ['电冰箱', 'refrigerator'],
  airConditioner: ['空气调节器', 'air conditioner'],
  rangeHood: ['吸油烟机', 'range hood'],
  washingMachine: ['洗衣机', 'washing machine'],
  electricWaterHeater: ['电热水器', 'electric water heater'],
  gasWaterHeater: ['燃气热水器', 'gas water heater'],
  printer: ['打印机', 'printer'],
  copier: ['复印机', 'copier'],
  fax: ['传真机', 'fax'],
  television: ['电视机', 'television'],
  monitor: ['监视器', 'monitor'],
  computer: ['微型计算机', 'computer'],
  mobilePhone: ['移动通信手持机', 'mobile phone'],
  telephone: ['电话单机', 'telephone'],
} as const;

const few = <C extends string>(
  words: Readonly<Record<C, readonly [zh: string, en: string]>>,
): readonly Code[] =>
  (Object.entries(words) as [C, readonly [string, string]][]).map(([code, [zh, en]]) => ({
    code,
    name: { zh, en },
  }));

/** Members of the life of an appliance. */
export const applianceColumns = {
  unitSerial: column(
    'unitSerial',
    serial,
    ['产品序列号', '机身序列号', '机号'],
    ['unit serial', 'productSn', 'machineNo'],
  ),
  unitLabel: column(
    'unitLabel',
    serial,
    ['企业标签', '入库条码', '标签编号'],
    ['unit label', 'barcode', 'labelNo'],
    ORDER_551,
  ),
  imei: column('imei', { type: 'imei' }, ['手机IMEI号', '手机串号'], ['IMEI', 'imeiNo'], {
    zh: '3GPP TS 23.003；以 HMAC-SHA-256 摘要上账本',
    en: '3GPP TS 23.003; on the ledger as HMAC-SHA-256',
  }),
  partnerSerial: column('partnerSerial', serial, ['配套单元序列号'], ['partner serial', 'setPartnerSn']),
  partnerLabel: column('partnerLabel', serial, ['配套单元标签'], ['partner label', 'setPartnerLabel']),
  applianceCategory: column(
    'applianceCategory',
    {
      type: 'codeList',
      codes: few(categoryNames),
    },
    ['电器类别', '产品类别'],
    ['appliance category', 'productCategory'],
    CATALOGUE_2014,
  ),
  applianceType: column(
    'applianceType',
    { type: 'codeList', codes: codes(APPLIANCE_TYPES, typeNames) },
    ['电器型式', '产品型式'],
    ['appliance type', 'productType'],
    CATALOGUE_2014,
  ),
  identity: column(
    'identity',
    {
      type: 'codeList',
      codes: few({
        serial: ['铭牌序列号', "maker's serial on the nameplate"],
        label: ['企业标签', "the plant's label only"],
      }),
    },
    ['身份强度', '身份依据'],
    ['identity', 'identityKind'],
  ),
  nameplateSha256: column('nameplateSha256', digest, ['铭牌照片摘要'], ['nameplate', 'nameplateDigest'], {
    zh: 'SHA-256 摘要（FIPS 180-4）',
    en: 'SHA-256 digest (FIPS 180-4)',
  }),
  screenTenthInches: column(
    'screenTenthInches',
    number(9_999),
    ['屏幕尺寸（十分之一英寸）'],
    ['screen tenth inches'],
    CATALOGUE_2014,
  ),
  capacityGrams: column(
    'capacityGrams',
    { type: 'quantity', measure: 'mass', least: 1, most: 1_000_000 },
    ['额定洗涤容量', '洗涤容量'],
    ['washing capacity', 'ratedCapacity'],
    CATALOGUE_2014,
  ),
  volumeLitres: column('volumeLitres', number(9_999), ['容积（升）'], ['volume litres'], CATALOGUE_2014),
  coolingWatts: column('coolingWatts', number(99_999), ['制冷量（瓦）'], ['cooling watts'], CATALOGUE_2014),
  partsVersion: column('partsVersion', version, ['必备零部件表版本'], ['parts version']),
  stepsVersion: column('stepsVersion', version, ['工序表版本'], ['steps version']),
  route: column(
    'route',
    { type: 'codeList', codes: few({ reuse: ['再使用', 'reuse'], process: ['拆解处理', 'processing'] }) },
    ['分选去向', '分选结果'],
    ['route', 'sortedTo'],
    ORDER_551,
  ),
  erasureMethod: column(
    'erasureMethod',
    {
      type: 'codeList',
      codes: few({
        overwritten: ['覆写', 'overwritten'],
        cryptographicErase: ['密码擦除', 'cryptographic erase'],
        degaussed: ['消磁', 'degaussed'],
        destroyed: ['销毁介质', 'medium destroyed'],
      }),
    },
    ['数据清除方法'],
    ['erasure method', 'wipeMethod'],
    { zh: 'GB/T 37988 数据销毁；NIST SP 800-88', en: 'NIST SP 800-88, media sanitisation' },
  ),
  unitTest: column(
    'unitTest',
    {
      type: 'codeList',
      codes: [
        { code: 'passed', name: { zh: '通过', en: 'passed' }, also: ['合格', 'pass', 'OK'] },
        { code: 'failed', name: { zh: '未通过', en: 'failed' }, also: ['不合格', 'fail', 'NG'] },
      ],
    },
    ['功能检测结果'],
    ['unit test', 'testResult'],
  ),
  place: column('place', reference, ['库位', '存放地点'], ['place', 'storagePlace']),
  productionLine: column('productionLine', reference, ['拆解线', '生产线'], ['production line', 'lineName']),
  lineStep: column('lineStep', category, ['工序', '拆解工序'], ['line step', 'processStep']),
} satisfies Readonly<Record<string, Column>>;
