import type { Language, LedgerEvent } from '@huilian/core';
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
  const { reason, effect, misnamed, replacedBy } = correction;
  const why = reason === undefined ? undefined : REASONS[reason];
  const because = why === undefined ? '' : say({ zh: `（${why.zh}）`, en: ` (${why.en})` }, language);
  const instead =
    replacedBy === undefined
      ? ''
      : say({ zh: `，替代：${replacedBy}`, en: `; replaced by ${replacedBy}` }, language);
  const otherwise =
    misnamed === true
      ? say({ zh: '；更正所写的类型与该事件不符', en: '; the correction names another type' }, language)
      : '';
  return `↶ ${say(EFFECTS[effect], language)}${because}${otherwise}${instead}`;
}

/**
 * How a wrong step is mended whose effect stands, as a command. What was packed wrongly comes out again, and the other way round: both
 * are as if it had not been; of other steps the right one is recorded in its place.
 */
export function mendingText(id: string, event: LedgerEvent): Phrase {
  const command = mendingCommand(id, event);
  if (command !== undefined)
    return {
      zh: `请按此纠正，再正确装入或取出：${command}`,
      en: `Mend it so, then pack or take out what is right: ${command}`,
    };
  return {
    zh: `请记录正确的步骤，并写明 --replaces ${id}`,
    en: `Record the right step with --replaces ${id}`,
  };
}

function mendingCommand(id: string, event: LedgerEvent): string | undefined {
  if (event.type !== 'pack' && event.type !== 'unpack') return undefined;
  const [step, place] = event.type === 'pack' ? ['unpack', '--from'] : ['pack', '--into'];
  return `huilian ${step} ${event.data.items.join(' ')} ${place} ${event.item} --replaces ${id}`;
}
