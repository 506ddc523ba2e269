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

/** The same, as `plainName` gives them. */
export const PERSONAL: ReadonlySet<string> = new Set(PERSONAL_HEADERS.map(plainName));
