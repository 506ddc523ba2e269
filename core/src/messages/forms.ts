type Words = readonly [zh: string, en: string];

/** Forms of members, in words and with an example. Members of events that have one of these name it where they are declared. */
const FORMS = {
  code: [
    '以字母开头的英文字母和数字代码，最多 40 位，如 sedan',
    'a code of letters and digits that begins with a letter, up to 40, such as sedan',
  ],
  itemId: [
    '物品编号，hl1 开头共 30 位，登记命令和 huilian item show 会显示',
    'an item id: hl1 and 27 further characters, as a registration and huilian item show print it',
  ],
  eventId: [
    '事件编号 密钥.批次.位置，如命令输出中的 …0.1.0',
    'an event id, key.sequence.index, as each command prints it',
  ],
  nonce: ['16 字节随机数的 base64url，22 位', '16 random bytes in base64url, 22 characters'],
  creditCode: [
    '18 位统一社会信用代码（GB 32100），如 91320000MA0DEM001U',
    'a unified social credit code of 18 characters (GB 32100), such as 91320000MA0DEM001U',
  ],
  keyId: ['密钥编号，43 位 base64url', 'a key id, 43 characters of base64url'],
  mspId: ['组织名称，如 RecyclingMSP', 'the name of an organisation, such as RecyclingMSP'],
  hash: [
    'SHA-256 摘要，64 位小写十六进制，如 sha256sum 命令的输出',
    'a SHA-256 digest, 64 small hex digits, as sha256sum prints it',
  ],
  seconds: ['自 1970 年起的整秒数，如 1772409600', 'whole seconds since 1970, such as 1772409600'],
  date: ['八位数字日期，如 20260302', 'a day as a number of eight digits, such as 20260302'],
  grams: ['整数克，0 至 1000000000，如 1350000', 'whole grams from 0 to 1 000 000 000, such as 1350000'],
  pieces: ['件数，1 至 1000000 的整数，如 12', 'a number of pieces from 1 to 1 000 000, such as 12'],
  tag: [
    '{"scheme","value"}，如 {"scheme":"vin","value":"LSVAM4186C2123456"}',
    '{"scheme","value"}, such as {"scheme":"vin","value":"LSVAM4186C2123456"}',
  ],
  packCode: [
    '24 位动力电池包编码（GB/T 34014），第 4 位为 P，如 001PE240000003B3C0000001',
    'the code of a battery pack, 24 characters with P in position 4 (GB/T 34014), such as 001PE240000003B3C0000001',
  ],
  owner: [
    '企业的 18 位统一社会信用代码，或组织名称，如 RecyclingMSP',
    'the credit code of an enterprise, 18 characters, or the name of an organisation, such as RecyclingMSP',
  ],
  table: [
    '名称对应整数、文本或其列表的对象，如 {"permille":50}',
    'an object of names to whole numbers, texts or lists of them, such as {"permille":50}',
  ],
  province: [
    'CN 或六位行政区划代码（GB/T 2260），如 310000',
    'CN, or six digits of GB/T 2260, such as 310000',
  ],
  reference: [
    '1 至 40 个半角可见字符、无空格，如 HS-2026-0001',
    '1 to 40 visible ASCII characters without a space, such as HS-2026-0001',
  ],
  text: ['不含控制字符的文本', 'a text without control characters'],
  wasteCode: ['八位危险废物代码，如 900-045-49', 'a waste code of eight digits, such as 900-045-49'],
  tableVersion: ['规则表版本，1 至 9999 的整数，如 1', 'the version of a table, 1 to 9999, such as 1'],
  integer: ['整数，如 5', 'a whole number, such as 5'],
  string: ['文本，加双引号', 'a text in double quotes'],
  boolean: ['true 或 false', 'true or false'],
  list: ['列表 […]', 'a list […]'],
  object: ['对象 {…}', 'an object {…}'],
} as const satisfies Readonly<Record<string, Words>>;

export type FormName = keyof typeof FORMS;

/** What a text of {@link wantedAs} says, in words. */
const SAID: Readonly<Record<string, Words>> = {
  ...FORMS,
  missing: ['缺少，须提供', 'it is missing'],
  unknown: ['没有此字段，请删除或核对名称', 'there is no such member: leave it out or check its name'],
  oneOf: ['下列之一：', 'one of '],
  least: ['不少于 ', 'at least '],
  most: ['不超过 ', 'at most '],
};

/**
 * What a member should be, as a detail of an error says it: words of this file that stand for themselves, with what they are about
 * behind a colon, such as `missing grams` or `oneOf:fit|unfit`. Told in the reader's language when the error is shown.
 */
export function wantedAs(...words: readonly string[]): string {
  return words.join(' ');
}

/** The text of {@link wantedAs} in a language. */
export function wantedIn(language: 'zh-CN' | 'en', wanted: string): string {
  const at = language === 'en' ? 1 : 0;
  const said = wanted.split(' ').map((word) => {
    const colon = word.indexOf(':');
    const name = colon < 0 ? word : word.slice(0, colon);
    const words = Object.hasOwn(SAID, name) ? SAID[name] : undefined;
    if (words === undefined) return word;
    return colon < 0
      ? words[at]
      : `${words[at]}${word.slice(colon + 1).replaceAll('|', at === 1 ? ', ' : '、')}`;
  });
  return said.join(at === 1 ? '; ' : '；');
}
