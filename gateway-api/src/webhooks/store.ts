import type { Progress, Settings, Webhook } from './webhook.js';

/** What a change expects; when it is otherwise by now, nothing is changed. */
export interface Expected {
  readonly revision: number;
  /** The gateway that holds the webhook. */
  readonly holder?: string;
}

export interface Change {
  readonly settings?: Settings;
  readonly progress?: Progress;
  /** The revision afterwards. */
  readonly revision: number;
}

export type NewWebhook = Pick<Webhook, 'id' | 'owner' | 'settings' | 'progress'>;

/**
 * Keeps webhooks of one ledger: what only the gateways know. It is not part of the read model, which is a fold that is dropped
 * and made anew. All methods reject with HL-5022 when the store cannot be used.
 */
export interface WebhookStore {
  /** True when nobody else has it open: then every webhook is this gateway's to deliver. */
  readonly exclusive: boolean;
  /** All, or those of an owner, by id. */
  list(owner?: string): Promise<readonly Webhook[]>;
  get(id: string): Promise<Webhook | undefined>;
  /** Durable when it ends. */
  insert(webhook: NewWebhook): Promise<void>;
  /** Durable when it ends, if settings are changed. @returns false when it is not as expected */
  change(id: string, expected: Expected, change: Change): Promise<boolean>;
  /**
   * Takes, keeps or gives up (holder "") a webhook, and raises its beat.
   *
   * @returns false when somebody else was faster
   */
  claim(id: string, seen: Pick<Webhook, 'holder' | 'beat'>, holder: string): Promise<boolean>;
  /** @returns false when it was not there */
  remove(id: string): Promise<boolean>;
  close(): Promise<void>;
}
