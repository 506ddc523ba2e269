import type { Language } from '@huilian/core';
import { say, type Phrase } from '../language.js';
import { codeText, timeText } from '../words.js';

/** A webhook as a gateway shows it, as far as the commands read it. */
export interface WebhookShown {
  readonly id: string;
  readonly owner: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly items: readonly string[];
  readonly state: 'enabled' | 'failing' | 'disabled';
  readonly cause?: string;
  readonly position: string;
  readonly resend?: { readonly after: string; readonly until: string };
  readonly failures: number;
  readonly nextAttempt?: number;
  readonly lastFailure?: {
    readonly position: string;
    readonly time: number;
    readonly code: string;
    readonly status?: number;
  };
  readonly lastSuccess?: { readonly position: string; readonly time: number };
}

const STATES: Readonly<Record<WebhookShown['state'], Phrase>> = {
  enabled: { zh: '投递中', en: 'enabled' },
  failing: { zh: '投递失败，将重试', en: 'failing, tried again' },
  disabled: { zh: '已停用', en: 'disabled' },
};
const MARKS = { enabled: '✓', failing: '…', disabled: '✗' } as const;

/** One line. */
export function webhookLine({ id, url, state, position }: WebhookShown, language: Language): string {
  return `${id}  ${MARKS[state]} ${say(STATES[state], language)}  ${position}  ${url}`;
}

/** All of it. */
export function webhookText(webhook: WebhookShown, language: Language): string {
  const { eventTypes, items, cause, resend, failures, nextAttempt, lastFailure, lastSuccess } = webhook;
  const line = (phrase: Phrase, value: string | undefined): string[] =>
    value === undefined ? [] : [`  ${say(phrase, language)} ${value}`];
  return [
    webhookLine(webhook, language),
    ...line({ zh: '所属', en: 'owner' }, webhook.owner),
    ...line({ zh: '类型', en: 'types' }, eventTypes.length === 0 ? undefined : eventTypes.join(', ')),
    ...line({ zh: '物品', en: 'items' }, items.length === 0 ? undefined : items.join(', ')),
    ...line({ zh: '停用原因', en: 'cause' }, cause === undefined ? undefined : codeText(cause, language)),
    ...line({ zh: '补发', en: 'resend' }, resend && `${resend.after} → ${resend.until}`),
    ...line({ zh: '连续失败', en: 'failures' }, failures === 0 ? undefined : String(failures)),
    ...line(
      { zh: '下次尝试', en: 'next attempt' },
      nextAttempt === undefined ? undefined : timeText(nextAttempt),
    ),
    ...line({ zh: '最近失败', en: 'last failure' }, lastFailure && failureText(lastFailure, language)),
    ...line(
      { zh: '最近送达', en: 'last delivery' },
      lastSuccess && `${lastSuccess.position}  ${timeText(lastSuccess.time)}`,
    ),
  ].join('\n');
}

function failureText(
  { position, time, code, status }: NonNullable<WebhookShown['lastFailure']>,
  language: Language,
): string {
  const answered = status === undefined ? '' : ` (HTTP ${status})`;
  return `${position}  ${timeText(time)}  ${codeText(code, language)}${answered}`;
}
