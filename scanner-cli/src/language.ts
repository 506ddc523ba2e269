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

/** The language that an option or a locale such as `zh_CN.UTF-8` names, or undefined when it names neither. */
export function languageOf(text: string | undefined): Language | undefined {
  if (text === undefined) return undefined;
  if (/^zh/i.test(text)) return 'zh-CN';
  return /^(en|c$|c\.|posix)/i.test(text) ? 'en' : undefined;
}

/**
 * The language to speak: `--lang` as it stands among the arguments, else the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`), else
 * English.
 */
export function chooseLanguage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const place = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const option = place < 0 ? undefined : args[place] === '--lang' ? args[place + 1] : args[place]?.slice(7);
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return languageOf(option) ?? languageOf(locale) ?? 'en';
}
