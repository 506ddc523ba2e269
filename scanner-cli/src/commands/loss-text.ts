import type { Cover, Language, LossRow } from '@huilian/core';
import { say, type Phrase } from '../language.js';
import { classText } from '../words.js';

const COVER_WORDS: Readonly<Record<Cover, Phrase>> = {
  compulsory: { zh: '交强险', en: 'compulsory' },
  ownDamage: { zh: '车损险', en: 'own damage' },
  thirdPartyLiability: { zh: '商业三者险', en: 'third-party liability' },
  recourse: { zh: '代位追偿', en: 'recourse' },
};
const PAID: Phrase = { zh: '已赔', en: 'paid' };
const NO_CLAIM: Phrase = { zh: '尚未立案', en: 'no claim yet' };
const OPEN: Phrase = { zh: '未赔', en: 'open' };

/** A loss as a person reads it: a line for each claim, and one for each damage line. */
export function lossText(number: string, { day, claims, lines }: LossRow, language: Language): string {
  const coverOf = (place: number): string => {
    const cover = claims[place]?.cover;
    return cover === undefined ? '' : say(COVER_WORDS[cover], language);
  };
  return [
    `${number}  ${day}`,
    ...(claims.length === 0 ? [say(NO_CLAIM, language)] : []),
    ...claims.map(({ claim, insurer }, place) => `${claim}  ${insurer}  ${coverOf(place)}`),
    ...lines.map(({ line, version, part, fitted = [], covers }) => {
      const what = part
        ? [
            `${part.category} ${fitted.length}/${part.quantity}`,
            ...part.classes.map((name) => classText(name, language)),
          ]
        : [];
      const paid = covers.map((each) => `${coverOf(each.claim)} ${say(each.paid ? PAID : OPEN, language)}`);
      return [`${line}:${version}`, ...what, ...paid].join('  ');
    }),
  ].join('\n');
}
