import type { ErrorCode } from '@huilian/core';
import type { Caller } from '../auth/caller.js';

/** Why a webhook stands still. */
export type Cause = Extract<ErrorCode, 'HL-4080' | 'HL-4081' | 'HL-4082' | 'HL-4083' | 'HL-4084'>;

/** Why an attempt failed. */
export type FailureCode = Extract<ErrorCode, 'HL-4090' | 'HL-4091' | 'HL-4092' | 'HL-4093'>;

/** A signing secret. It is derived when it is needed and kept nowhere, see `secrets.ts`. */
export interface Secret {
  readonly generation: number;
  /** The gateway's key that it was derived from. */
  readonly kid: string;
  /** Seconds since 1970 until which it signs beside a newer one; absent for the newest. */
  readonly until?: number;
}

/** What its owner says about a webhook, and what became of that. Changed by requests, and by deliveries when they stop for good. */
export interface Settings {
  readonly url: string;
  /** Types of messages or their beginnings, see `message-types.ts`; none: all. */
  readonly eventTypes: readonly string[];
  /** Only events that concern one of these items; none: all. */
  readonly items: readonly string[];
  /** Who registered or enabled it last: it gets what this caller's event stream would get. */
  readonly keeper: Exclude<Caller, { readonly kind: 'anonymous' }>;
  /** Seconds since 1970. */
  readonly created: number;
  /** Newest first. */
  readonly secrets: readonly [Secret, ...Secret[]];
  readonly enabled: boolean;
  /** Absent while it is enabled. */
  readonly cause?: Cause;
}

/** How far deliveries are. Changed by the gateway that delivers. */
export interface Progress {
  /** Every event up to this position was delivered, or is none for this webhook. */
  readonly position: string;
  /** A range that is delivered again before anything else; `until` is in it, `after` moves on. */
  readonly resend?: { readonly after: string; readonly until: string };
  /** Milliseconds since 1970 of the first failure since the last success. */
  readonly failingSince?: number;
  /** Failures since then. */
  readonly failures: number;
  /** Milliseconds since 1970 before which nothing is tried. */
  readonly nextAttempt?: number;
  readonly lastFailure?: {
    readonly position: string;
    /** Seconds since 1970. */
    readonly time: number;
    readonly code: FailureCode;
    readonly status?: number;
  };
  readonly lastSuccess?: { readonly position: string; readonly time: number };
}

/** A webhook as it is kept. */
export interface Webhook {
  readonly id: string;
  /** Credit code of the participant, or the organisation of an administrator. */
  readonly owner: string;
  readonly settings: Settings;
  readonly progress: Progress;
  /** Raised by every change but those of progress, so that who works on an older one notices. */
  readonly revision: number;
  /** The gateway that delivers it, "" for none, and a number that it raises as long as it lives. */
  readonly holder: string;
  readonly beat: number;
}

/** The position up to which a webhook has everything that is next in turn for it. */
export function cursorOf({ position, resend }: Progress): string {
  return resend?.after ?? position;
}

/** The same, moved on. */
export function movedTo(progress: Progress, position: string): Progress {
  if (progress.resend === undefined) return { ...progress, position };
  if (position < progress.resend.until)
    return { ...progress, resend: { ...progress.resend, after: position } };
  return withoutResend(progress);
}

/** A resend is done. */
export function withoutResend({ resend: _done, ...rest }: Progress): Progress {
  return rest;
}
