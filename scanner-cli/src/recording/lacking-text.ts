import { terms, workTerms, type Lacking, type Language } from '@huilian/core';
import type { Phrase } from '../language.js';

/** What a refused step lacked, in words. */
export function lackingText(lacking: Lacking): Phrase {
  return { zh: inWords(lacking, 'zh-CN'), en: inWords(lacking, 'en') };
}

function inWords(lacking: Lacking, language: Language): string {
  const en = language === 'en';
  const { separator } = terms(language);
  const words = workTerms(language);
  const list = (all: readonly string[]): string => all.join(separator);
  switch (lacking.what) {
    case 'given':
      return `${en ? 'It lacks: ' : '缺少：'}${list(lacking.members)}`;
    case 'lineSteps':
      return `${en ? 'Steps of the line still to be recorded, in this order: ' : '尚未记录的工序（按顺序）：'}${list(lacking.steps.map(words.work))}`;
    case 'nextLineStep':
      if (lacking.step === undefined) return en ? 'All steps of the line are done.' : '工序已全部完成。';
      return `${en ? 'The next step of the line is: ' : '下一道工序：'}${words.work(lacking.step)}`;
    case 'missingParts':
      return `${en ? 'To be proved by a photograph as missing (--evidence): ' : '须以照片证明缺少（--evidence）：'}${list(lacking.parts.map(words.work))}`;
    case 'description': {
      const { types, measure } = lacking;
      const type = `${en ? 'types of this category: ' : '该类别的型式：'}${list(types.map(words.type)) || (en ? 'none' : '无')}`;
      const measured = `${en ? 'its measure: ' : '参数：'}${measure === undefined ? (en ? 'none' : '无') : words.measure(measure)}`;
      return `${type}${en ? '; ' : '；'}${measured}`;
    }
    case 'packsInside':
      return `${en ? 'Packs that are in the vehicle by its record: ' : '按记录仍在车上的电池包：'}${list(lacking.packs)}`;
    case 'lots':
      return `${en ? 'Lots of the manifest, all of which are named: ' : '联单所列批次（须全部写明）：'}${list(lacking.lots)}`;
    case 'mass':
      return massInWords(lacking, en);
  }
}

function massInWords(
  { into, out, tolerance, weighedAgain }: Extract<Lacking, { readonly what: 'mass' }>,
  en: boolean,
): string {
  const off = out - into;
  const difference = `${off > 0 ? '+' : '−'}${Math.abs(off)} g`;
  if (weighedAgain === true)
    return en
      ? `On record are ${into} g, weighed were ${out} g: a difference of ${difference}, and ${tolerance} g are allowed.`
      : `记录质量 ${into} g，本次称得 ${out} g，相差 ${difference}，允许 ${tolerance} g。`;
  return en
    ? `What went in is ${into} g, what came out, with the loss, ${out} g: a difference of ${difference}, and ${tolerance} g are allowed.`
    : `投入 ${into} g，产出与损耗合计 ${out} g，相差 ${difference}，允许 ${tolerance} g。`;
}
