import { plainName } from './header.js';

/** Headers and members that hold personal data: plate, owner, identity number, telephone, address. Their values are not read. */
export const PERSONAL_HEADERS: readonly string[] = [
  '号牌号码',
  '车牌号',
  '车牌号码',
  '车牌',
  'plate',
  'plate number',
  'licence plate',
  '车主',
  '车主姓名',
  '机动车所有人',
  '所有人',
  'owner',
  'owner name',
  '身份证号',
  '身份证号码',
  '证件号码',
  'identity number',
  '电话',
  '联系电话',
  '手机号',
  'phone',
  '住址',
  '地址',
  'address',
];

/** Words that tell of a person wherever they stand in a name, as `plainName` gives it. */
const PERSONAL_WORDS =
  /电话|手机|姓名|身份证|证件号|住址|地址|车主|所有人|联系人|报案人|驾驶员|车牌|号牌|phone|mobile|tel|name|address|owner|driver|plate|contact|idcard|identitynumber/;

/** True when a header or a member may hold personal data: when in doubt, its value is not kept. */
export function isPersonal(name: string): boolean {
  return PERSONAL_WORDS.test(plainName(name));
}
