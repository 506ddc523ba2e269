import type { Language } from '@huilian/core';

/** One phrase in both languages of the product. */
export interface Phrase {
  readonly zh: string;
  readonly en: string;
}

/** The phrase in a language. */
export function say(phrase: Phrase, language: Language): string {
  return language === 'en' ? phrase.en : phrase.zh;
}
