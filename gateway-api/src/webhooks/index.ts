// Webhooks without the gateway around them, for tests.
export { WebhookMetrics } from './metrics.js';
export { openWebhookStore, type WebhookStoreOptions } from './open.js';
export { eventMessage } from './payload.js';
export { Poster } from './post.js';
export { RetrySchedule } from './schedule.js';
export { Keyring } from './secrets.js';
export { Webhooks, type Wish } from './service.js';
export type { WebhookStore } from './store.js';
export { Targets } from './targets.js';
export type { DeliveryParts } from './turn.js';
export type { Progress, Settings, Webhook } from './webhook.js';
