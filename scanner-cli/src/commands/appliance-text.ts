import type { ApplianceFacts } from '@huilian/core';
import type { Phrase } from '../language.js';

/** What the members of an appliance are called. */
export const APPLIANCE_LABELS: Readonly<Record<string, Phrase>> = {
  type: { zh: '型式', en: 'type' },
  identity: { zh: '识别方式', en: 'identity' },
  receivedBy: { zh: '最近称重方', en: 'weighed in by' },
  labelled: { zh: '已贴标签', en: 'labelled' },
  labelledBy: { zh: '贴标方', en: 'labelled by' },
  screenTenthInches: { zh: '屏幕（十分之一英寸）', en: 'screenTenthInches' },
  capacityGrams: { zh: '洗涤容量（克）', en: 'capacityGrams' },
  volumeLitres: { zh: '容积（升）', en: 'volumeLitres' },
  coolingWatts: { zh: '制冷量（瓦）', en: 'coolingWatts' },
  missing: { zh: '缺少部件', en: 'missing' },
  incompleteUnit: { zh: '缺少主要零部件', en: 'incompleteUnit' },
  partner: { zh: '成套的另一台', en: 'partner' },
  morePartners: { zh: '成套的其他室内机', en: 'morePartners' },
  route: { zh: '去向', en: 'route' },
  dataErased: { zh: '数据已清除', en: 'dataErased' },
  test: { zh: '检测', en: 'test' },
  line: { zh: '拆解线', en: 'line' },
  stepsVersion: { zh: '工序表版本', en: 'stepsVersion' },
  stepsDone: { zh: '已完成工序', en: 'stepsDone' },
};

/** Their values that have words of their own, by the name of the member. */
export const APPLIANCE_VALUES: Readonly<Record<string, Readonly<Record<string, Phrase>>>> = {
  identity: {
    serial: { zh: '厂家序列号', en: 'serial' },
    label: { zh: '本厂标签', en: 'label' },
  },
  route: {
    reuse: { zh: '再使用', en: 'to be used again' },
    process: { zh: '拆解处理', en: 'to be processed' },
  },
  test: { passed: { zh: '合格', en: 'passed' }, failed: { zh: '不合格', en: 'failed' } },
};

/** What is known of an appliance, by the names of the labels. */
export function applianceMembers(
  facts: ApplianceFacts = {},
): Readonly<Record<string, string | number | boolean | undefined>> {
  const { missing, incomplete, morePartners, ...others } = facts;
  return {
    ...others,
    morePartners: morePartners?.join(', '),
    missing: missing?.join(', '),
    incompleteUnit: incomplete,
  };
}
