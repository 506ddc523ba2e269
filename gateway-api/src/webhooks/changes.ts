import { HuilianError } from '@huilian/core';
import { HttpError } from '../http/problem.js';
import { before, padded } from './positions.js';
import { inForce } from './secrets.js';
import type { Progress, Secret, Settings } from './webhook.js';

/** What an owner may do to a webhook, as functions of how it stands. */
export interface State {
  readonly settings: Settings;
  readonly progress: Progress;
}

/** So many secrets sign at once, the newest among them. */
const mostSecrets = 4;

/**
 * A new secret; the ones before sign on for a time, so that a receiver may change over when it likes.
 *
 * @param fresh makes the secret of a generation
 * @param keepSeconds how long those before are good; 0 when one was betrayed
 * @param now seconds since 1970
 */
export function rotated(
  settings: Settings,
  fresh: (generation: number) => Secret,
  keepSeconds: number,
  now: number,
): Settings {
  const newest = fresh(Math.max(...settings.secrets.map(({ generation }) => generation)) + 1);
  const kept = inForce(settings.secrets, now)
    .filter(({ kid }) => kid === newest.kid)
    .map((secret) => ({ ...secret, until: Math.min(secret.until ?? Infinity, now + keepSeconds) }))
    .filter(({ until }) => until > now);
  return { ...settings, secrets: [newest, ...kept.slice(0, mostSecrets - 1)] };
}

/**
 * Goes on, at once and as if nothing had failed, for the caller who asks for it.
 *
 * @param after the position to go on after; as it stands when undefined
 */
export function enabled({ settings, progress }: State, keeper: Settings['keeper'], after?: string): State {
  const { cause: _cause, ...rest } = settings;
  const { failingSince: _since, nextAttempt: _next, ...kept } = progress;
  const position = after === undefined ? {} : { position: after };
  return {
    settings: { ...rest, keeper, enabled: true },
    progress: { ...kept, failures: 0, ...position },
  };
}

export function switchedOff(settings: Settings): Settings {
  return settings.enabled ? { ...settings, enabled: false, cause: 'HL-4080' } : settings;
}

/**
 * A range of positions to be delivered again, both ends in it, before anything else.
 *
 * @param position where the webhook stands by now
 * @throws HuilianError HL-4073 while another one is under way, HL-4074 when nothing was delivered there yet
 */
export function resent(progress: Progress, position: string, from: string, to: string): Progress {
  if (progress.resend !== undefined) throw new HuilianError('HL-4073');
  const after = before(from);
  const until = [padded(to), position].sort()[0] ?? position;
  if (padded(from) > until) throw new HttpError('HL-4074', { position });
  const { nextAttempt: _next, ...rest } = progress;
  return { ...rest, resend: { after, until } };
}
