import type { Language } from '@huilian/core';

const offered: readonly { readonly prefix: string; readonly language: Language }[] = [
  { prefix: 'zh', language: 'zh-CN' },
  { prefix: 'en', language: 'en' },
];

/**
 * The language of `Accept-Language` that we speak; Chinese when none is asked for (RFC 9110 section 12.5.4).
 *
 * @param header for example `en-GB,en;q=0.9,zh;q=0.8`.
 */
export function chooseLanguage(header: string | undefined): Language {
  if (header === undefined) return 'zh-CN';
  const ranges = header
    .split(',')
    .map(readRange)
    .filter((range) => range.quality > 0);
  ranges.sort((a, b) => b.quality - a.quality);
  for (const range of ranges) {
    if (range.tag === '*') return 'zh-CN';
    const match = offered.find(({ prefix }) => range.tag === prefix || range.tag.startsWith(`${prefix}-`));
    if (match !== undefined) return match.language;
  }
  return 'en';
}

function readRange(text: string): { readonly tag: string; readonly quality: number } {
  const [tag = '', ...parameters] = text.trim().toLowerCase().split(';');
  const weight = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { tag: tag.trim(), quality: Number.isFinite(quality) ? quality : 0 };
}
