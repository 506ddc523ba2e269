import type { AnyRoute } from '../http/route.js';
import { batchRoutes } from './batches.js';
import { catalogueRoutes } from './catalogue.js';
import { dictionaryRoutes } from './dictionary.js';
import { contentsRoutes } from './contents.js';
import { clockRoutes } from './clocks.js';
import { directoryRoutes } from './directory.js';
import { singleEventRoutes } from './event.js';
import { eventRoutes } from './events.js';
import { entitlementRoutes } from './entitlements.js';
import { findingRoutes } from './findings.js';
import { itemRoutes } from './items.js';
import { laneRoutes } from './lanes.js';
import { ledgerRoutes } from './ledger.js';
import { lossRoutes } from './losses.js';
import { passportRoutes } from './passport.js';
import { readModelRoutes } from './read-model.js';
import { ruleRoutes } from './rules.js';
import { stockRoutes } from './stocks.js';
import { systemRoutes } from './system.js';
import { tagRoutes } from './tags.js';
import { timelineRoutes } from './timeline.js';
import { tokenRoutes } from './token.js';
import { transitRoutes } from './transit.js';
import { webhookRoutes } from './webhooks.js';
import { workRoutes } from './work.js';

/** All routes. The OpenAPI document and the router are made from this list. */
export const routes: readonly AnyRoute[] = [
  ...passportRoutes,
  ...tokenRoutes,
  ...batchRoutes,
  ...laneRoutes,
  ...itemRoutes,
  ...tagRoutes,
  ...timelineRoutes,
  ...lossRoutes,
  ...entitlementRoutes,
  ...contentsRoutes,
  ...transitRoutes,
  ...clockRoutes,
  ...findingRoutes,
  ...stockRoutes,
  ...eventRoutes,
  ...singleEventRoutes,
  ...workRoutes,
  ...webhookRoutes,
  ...directoryRoutes,
  ...ruleRoutes,
  ...catalogueRoutes,
  ...dictionaryRoutes,
  ...ledgerRoutes,
  ...readModelRoutes,
  ...systemRoutes,
];
