import type { Field } from './field.js';
import type { TextField } from './text.js';
import type { Phrase } from './phrase.js';
import { unitNames } from './units.js';

/** What a column allows, for a person. */
export function allowedBy(field: Field): Phrase {
  switch (field.type) {
    case 'text':
      return several(
        field,
        withWords(
          field,
          field.shape?.about ?? {
            zh: `最多 ${field.longest} 个字符`,
            en: `at most ${field.longest} characters`,
          },
        ),
      );
    case 'integer':
      return {
        zh: `${field.least} 至 ${field.most} 的整数`,
        en: `a whole number from ${field.least} to ${field.most}`,
      };
    case 'quantity':
      return quantity(field.measure, field.least, field.most);
    case 'date':
      return {
        zh: `日期，如 2026-03-02、2026/3/2、2026年3月2日，${field.earliest} 至 ${field.latest}`,
        en: `a date such as 2026-03-02, 2026/3/2 or 2026年3月2日, from ${field.earliest} to ${field.latest}`,
      };
    case 'time':
      return {
        zh: `日期和时间，如 2026-03-02 14:30（UTC+8），${field.earliest} 至 ${field.latest}`,
        en: `a day and time such as 2026-03-02 14:30 (UTC+8), from ${field.earliest} to ${field.latest}`,
      };
    case 'vin':
      return { zh: '17 位车辆识别代号（GB 16735）', en: 'a VIN of 17 characters (GB 16735)' };
    case 'creditCode':
      return { zh: '18 位统一社会信用代码（GB 32100）', en: 'a unified social credit code (GB 32100)' };
    case 'imei':
      return {
        zh: '15 位 IMEI（3GPP TS 23.003）；账本上只有其以通道密钥计算的摘要',
        en: 'an IMEI of 15 digits (3GPP TS 23.003); on the ledger stands its digest under the pepper of the channel',
      };
    case 'codeList':
      return {
        zh: field.codes.map(({ code, name }) => `${name.zh}（${code}）`).join('、'),
        en: field.codes.map(({ code, name }) => `${code} (${name.en})`).join(', '),
      };
  }
}

function quantity(measure: 'mass' | 'money', least: number, most: number): Phrase {
  const [zh, en] = measure === 'mass' ? ['克', 'g'] : ['分', 'fen'];
  const units = unitNames(measure);
  return {
    zh: `带单位的数，单位 ${units}；${least} 至 ${most} ${zh}`,
    en: `a number with its unit, of ${units}; from ${least} to ${most} ${en}`,
  };
}

function several({ several: most }: TextField, { zh, en }: Phrase): Phrase {
  if (most === undefined) return { zh, en };
  return {
    zh: `${zh}；一格可写多个（最多 ${most} 个），以“、”、逗号或换行分隔`,
    en: `${en}; several in one cell (at most ${most}), with commas or line breaks between`,
  };
}

/** Words of a longer list are shown in part. */
const MOST_SHOWN = 20;
const FIRST_SHOWN = 8;

function withWords({ words = [] }: TextField, { zh, en }: Phrase): Phrase {
  if (words.length === 0) return { zh, en };
  const shown = words.slice(0, words.length > MOST_SHOWN ? FIRST_SHOWN : MOST_SHOWN);
  const isCut = shown.length < words.length;
  const names = shown.map(({ code, name }) => `${name.zh}（${code}）`).join('、');
  const english = shown.map(({ code, name }) => `${name.en} (${code})`).join(', ');
  return {
    zh: `${zh}；表格中也可写：${names}${isCut ? '等，全部见数据字典的代码表' : ''}`,
    en: `${en}; in tables also ${english}${isCut ? ' and others, see the code lists of the dictionary' : ''}`,
  };
}
