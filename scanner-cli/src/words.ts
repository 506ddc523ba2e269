import {
  catalogue,
  CHINA_OFFSET,
  EVENT_TYPES,
  isErrorCode,
  ITEM_KINDS,
  ITEM_STATES,
  PART_CLASSES,
  reasonWords,
  terms,
  type ItemEventType,
  type Language,
} from '@huilian/core';
import { say, type Phrase } from './language.js';

const STATUSES = {
  accepted: { zh: '已接受', en: 'accepted' },
  refused: { zh: '已拒绝', en: 'refused' },
  queued: { zh: '待发送', en: 'queued' },
} as const satisfies Readonly<Record<string, Phrase>>;
const MARKS = { accepted: '✓', refused: '✗', queued: '…' } as const;

/** What can become of an event. */
export type Status = keyof typeof STATUSES;

/** A status with its mark, such as `✓ accepted`. */
export function statusText(status: Status, language: Language): string {
  return `${MARKS[status]} ${say(STATUSES[status], language)}`;
}

/** A verdict of the ledger in words, a refusal with its code. */
export function verdictText(verdict: string, language: Language): string {
  return verdict === 'accepted'
    ? statusText('accepted', language)
    : `${statusText('refused', language)} ${verdict}`;
}

/** What a code says happened, behind the code. */
export function codeText(code: string, language: Language): string {
  if (!isErrorCode(code)) return code;
  return `${code} ${catalogue[code][language === 'en' ? 'en' : 'zh'].what}`;
}

/** The type of an event: in Chinese its word, in English its name as commands and JSON have it. */
export function typeText(type: string, language: Language): string {
  if (language === 'en') return type;
  if (Object.hasOwn(ADMINISTRATION, type)) return ADMINISTRATION[type] ?? type;
  const known = EVENT_TYPES.find((each) => each === type);
  return known === undefined ? type : terms(language).event(known as ItemEventType);
}

const ADMINISTRATION: Readonly<Record<string, string>> = {
  'participant.register': '登记企业',
  'participant.suspend': '暂停企业',
  'participant.reinstate': '恢复企业',
  'licence.grant': '录入许可',
  'licence.countersign': '会签许可',
  'key.register': '登记密钥',
  'key.revoke': '吊销密钥',
  'rule.propose': '提出规则表',
  'rule.approve': '批准规则表',
  'ruleset.propose': '提出规则集',
  'ruleset.approve': '批准规则集',
  'tag.award': '裁定标签',
  'finding.decide': '裁定发现',
};

/** What Oversight says a refused event was. */
const REFUSED_AS: Readonly<Record<string, Phrase>> = {
  mistake: { zh: '操作失误', en: 'mistake' },
  attempt: { zh: '违规企图', en: 'attempt' },
  fault: { zh: '系统故障', en: 'fault' },
};

/** The reason of a refusal or of an exception, in words. */
export function reasonText(reason: string, language: Language): string {
  const known = Object.entries(reasonWords).find(([name]) => name === reason)?.[1];
  return known === undefined ? reason : say(known, language);
}

/** The class of a refused event, in words. */
export function refusedAsText(name: string, language: Language): string {
  const known = REFUSED_AS[name];
  return known === undefined ? name : say(known, language);
}

/** A time of the ledger at UTC+8, where a day of this ledger begins, and says so. */
export function timeText(seconds: number): string {
  return `${new Date((seconds + CHINA_OFFSET) * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC+8`;
}

/** The kind of an item: in Chinese its word, in English its name as commands and JSON have it. */
export function kindText(kind: string, language: Language): string {
  const known = ITEM_KINDS.find((each) => each === kind);
  return language === 'en' || known === undefined ? kind : terms(language).kind(known);
}

/** The class of a part, as {@link kindText}. */
export function classText(name: string, language: Language): string {
  const known = PART_CLASSES.find((each) => each === name);
  return language === 'en' || known === undefined ? name : terms(language).class(known);
}

/** The state of an item, as {@link kindText}. */
export function stateText(state: string, language: Language): string {
  const known = ITEM_STATES.find((each) => each === state);
  return language === 'en' || known === undefined ? state : terms(language).state(known);
}
