import type { Language } from '@huilian/core';
import { say, type Phrase } from '../language.js';
import type { CorrectionShown } from './item-shown.js';

const REASONS: Readonly<Record<string, Phrase>> = {
  wrongItem: { zh: '扫错物品', en: 'wrong item' },
  wrongParty: { zh: '对方有误', en: 'wrong party' },
  wrongValue: { zh: '数据有误', en: 'wrong value' },
  wrongStep: { zh: '步骤有误', en: 'wrong step' },
  recordedTwice: { zh: '重复记录', en: 'recorded twice' },
  notDone: { zh: '并未发生', en: 'not done' },
  other: { zh: '其他', en: 'other' },
};

const EFFECTS: Readonly<Record<CorrectionShown['effect'], Phrase>> = {
  open: { zh: '更正待另一方签署', en: 'correction waits for the other party' },
  takenBack: { zh: '已更正，其影响已撤回', en: 'declared wrong, and what it did was taken back' },
  questioned: { zh: '已声明有误，其影响仍在', en: 'declared wrong; what it did stands' },
};

/** That an event was declared wrong, in words. */
export function correctionText(correction: CorrectionShown, language: Language): string {
  const { reason, effect, replacedBy } = correction;
  const why = reason === undefined ? undefined : REASONS[reason];
  const because = why === undefined ? '' : say({ zh: `（${why.zh}）`, en: ` (${why.en})` }, language);
  const instead =
    replacedBy === undefined
      ? ''
      : say({ zh: `，替代：${replacedBy}`, en: `; replaced by ${replacedBy}` }, language);
  return `↶ ${say(EFFECTS[effect], language)}${because}${instead}`;
}
