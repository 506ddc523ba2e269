import { showPosition } from '../views/position.js';
import { stateOf } from './endpoint.js';
import { inForce } from './secrets.js';
import type { Webhook } from './webhook.js';

/**
 * A webhook as it is shown.
 *
 * @param position where it stands by now
 * @param isOwn its owner sees the whole address; others see where it leads, because its path may hold a secret
 */
export function showWebhook({ id, owner, settings, progress }: Webhook, position: string, isOwn: boolean) {
  const { url, eventTypes, items, created, secrets, cause } = settings;
  const { resend, failingSince, failures, nextAttempt, lastFailure, lastSuccess } = progress;
  return {
    id,
    owner,
    url: isOwn ? url : new URL(url).origin,
    eventTypes,
    items,
    created,
    state: stateOf({ settings, progress }),
    ...(cause === undefined ? {} : { cause }),
    position: showPosition(resend === undefined ? position : progress.position),
    ...(resend === undefined
      ? {}
      : { resend: { after: showPosition(resend.after), until: showPosition(resend.until) } }),
    secrets: inForce(secrets, Math.floor(Date.now() / 1_000)).map(({ generation, until }) => ({
      generation,
      ...(until === undefined ? {} : { until }),
    })),
    failures,
    ...(failingSince === undefined ? {} : { failingSince: Math.floor(failingSince / 1_000) }),
    ...(nextAttempt === undefined ? {} : { nextAttempt: Math.ceil(nextAttempt / 1_000) }),
    ...(lastFailure === undefined
      ? {}
      : { lastFailure: { ...lastFailure, position: showPosition(lastFailure.position) } }),
    ...(lastSuccess === undefined
      ? {}
      : { lastSuccess: { ...lastSuccess, position: showPosition(lastSuccess.position) } }),
  };
}
