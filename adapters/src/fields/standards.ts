import type { Phrase } from './phrase.js';

/** Standards and rules of the state that say what a member is. */

export const GB_16735: Phrase = {
  zh: 'GB 16735《道路车辆 车辆识别代号（VIN）》',
  en: 'GB 16735, VIN (ISO 3779)',
};
export const GB_32100: Phrase = {
  zh: 'GB 32100《法人和其他组织统一社会信用代码编码规则》',
  en: 'GB 32100, unified social credit code',
};
export const GB_22128: Phrase = {
  zh: 'GB 22128《报废机动车回收拆解企业技术规范》',
  en: 'GB 22128, technical specifications of dismantling enterprises',
};
export const ORDER_715: Phrase = {
  zh: '《报废机动车回收管理办法》（国务院令第715号）',
  en: 'Measures for the recycling of scrapped motor vehicles (State Council order 715)',
};
export const GB_34014: Phrase = {
  zh: 'GB/T 34014《汽车动力蓄电池编码规则》',
  en: 'GB/T 34014, codes of traction batteries',
};
