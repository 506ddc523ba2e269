import type { EXCEPTION_REASONS, REFUSAL_REASONS } from '../model/terms.js';
import type { Words } from '../time/time-limits.js';

type Reason = (typeof REFUSAL_REASONS)[number] | (typeof EXCEPTION_REASONS)[number];

/** Why goods were refused, or left with their giver, in words. */
export const reasonWords: Readonly<Record<Reason, Words>> = {
  missing: { zh: '缺失', en: 'missing' },
  damaged: { zh: '损坏', en: 'damaged' },
  notAsDescribed: { zh: '与描述不符', en: 'not as described' },
  countDiffers: { zh: '数量不符', en: 'count differs' },
  massDiffers: { zh: '重量不符', en: 'mass differs' },
  documentsMissing: { zh: '单据缺失', en: 'documents missing' },
  other: { zh: '其他', en: 'other' },
};
