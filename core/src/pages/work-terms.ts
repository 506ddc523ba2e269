import type { Language } from '../messages/error.js';
import type { ApplianceType, Measure } from '../model/facts/appliance-catalogue.js';

type Pair = readonly [zh: string, en: string];

/** Steps of lines and parts of appliances as the tables of the field name them; a table may name others. */
const WORK: Readonly<Record<string, Pair>> = {
  openHousing: ['拆外壳', 'open the housing'],
  ventCrt: ['显像管泄压', 'vent the picture tube'],
  splitCrt: ['锥屏玻璃分离', 'split the picture tube into panel and funnel glass'],
  removeBoards: ['拆电路板', 'remove the circuit boards'],
  removeBacklight: ['拆背光源', 'remove the backlight'],
  drainRefrigerant: ['抽取制冷剂', 'drain the refrigerant'],
  removeCompressor: ['拆压缩机', 'remove the compressor'],
  shredCabinet: ['破碎箱体', 'shred the cabinet'],
  removeMotor: ['拆电机', 'remove the motor'],
  removeExchangers: ['拆冷凝器和蒸发器', 'remove condenser and evaporator'],
  removeBattery: ['拆电池', 'remove the battery'],
  crt: ['显像管', 'picture tube'],
  panel: ['屏', 'panel'],
  compressor: ['压缩机', 'compressor'],
  cabinet: ['箱体', 'cabinet'],
  motor: ['电机', 'motor'],
  condenser: ['冷凝器', 'condenser'],
  evaporator: ['蒸发器', 'evaporator'],
  mainboard: ['主板', 'mainboard'],
  storage: ['存储器', 'storage'],
};

const TYPES: Readonly<Record<ApplianceType, Pair>> = {
  crtTelevision: ['显像管电视机', 'CRT television'],
  plasmaTelevision: ['等离子电视机', 'plasma television'],
  lcdTelevision: ['液晶电视机', 'LCD television'],
  oledTelevision: ['OLED 电视机', 'OLED television'],
  rearProjectionTelevision: ['背投电视机', 'rear-projection television'],
  desktopHost: ['台式电脑主机', 'desktop host'],
  desktopMonitor: ['台式电脑显示器', 'desktop monitor'],
  allInOne: ['一体机', 'all-in-one'],
  laptop: ['笔记本电脑', 'laptop'],
  tablet: ['平板电脑', 'tablet'],
  singleTub: ['单桶洗衣机', 'single-tub washing machine'],
  spinDryer: ['脱水机', 'spin dryer'],
  twinTub: ['双桶洗衣机', 'twin-tub washing machine'],
  impellerAutomatic: ['波轮式全自动洗衣机', 'automatic impeller washing machine'],
  drum: ['滚筒式洗衣机', 'drum washing machine'],
  fridge: ['冰箱', 'refrigerator'],
  freezer: ['冷柜', 'freezer'],
  splitIndoor: ['分体空调室内机', 'indoor unit'],
  splitOutdoor: ['分体空调室外机', 'outdoor unit'],
  oneBody: ['整体式空调', 'one-body air conditioner'],
};

const MEASURED: Readonly<Record<Measure, Pair>> = {
  screenTenthInches: ['屏幕尺寸（0.1 英寸）', 'size of the screen in tenths of an inch'],
  capacityGrams: ['洗涤容量（克）', 'capacity in grams'],
  volumeLitres: ['容积（升）', 'volume in litres'],
  coolingWatts: ['制冷量（瓦）', 'cooling capacity in watts'],
};

/** Words of the work on appliances in one language, each with its code, which commands take. */
export function workTerms(language: Language) {
  const worded = (words: Pair | undefined, code: string): string =>
    words === undefined ? code : `${words[language === 'en' ? 1 : 0]} ${code}`;
  return {
    /** A step of a line, or a part of an appliance; one that nobody named here is its code. */
    work: (code: string): string => worded(Object.hasOwn(WORK, code) ? WORK[code] : undefined, code),
    type: (type: ApplianceType): string => worded(TYPES[type], type),
    measure: (measure: Measure): string => worded(MEASURED[measure], measure),
  };
}
