import { terms, type Language, type LicenceRow } from '@huilian/core';
import { timeText } from '../words.js';

/** A licence as Oversight reads it before it countersigns: every member of the entry, its days as days. */
export function licenceText(licence: LicenceRow, language: Language): string {
  const { number, kind, categories, annualCapacity, validFrom, validTo, authority } = licence;
  const name = terms(language);
  const day = (seconds: number): string => timeText(seconds).slice(0, 10);
  const [all, capacity, to] =
    language === 'en'
      ? ['all categories', `${annualCapacity} a year`, ' to ']
      : ['全部类别', `年能力 ${annualCapacity}`, ' 至 '];
  return [
    number,
    name.role(kind),
    categories.length === 0 ? all : categories.join(name.separator),
    capacity,
    // What is kept is the first second after the last day.
    `${day(validFrom)}${to}${day(validTo - 1)}`,
    authority,
  ].join(language === 'en' ? '; ' : '；');
}
