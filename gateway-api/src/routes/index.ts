import type { AnyRoute } from '../http/route.js';
import { batchRoutes } from './batches.js';
import { catalogueRoutes } from './catalogue.js';
import { contentsRoutes } from './contents.js';
import { clockRoutes } from './clocks.js';
import { directoryRoutes } from './directory.js';
import { eventRoutes } from './events.js';
import { findingRoutes } from './findings.js';
import { itemRoutes } from './items.js';
import { laneRoutes } from './lanes.js';
import { ledgerRoutes } from './ledger.js';
import { passportRoutes } from './passport.js';
import { readModelRoutes } from './read-model.js';
import { ruleRoutes } from './rules.js';
import { systemRoutes } from './system.js';
import { tokenRoutes } from './token.js';
import { transitRoutes } from './transit.js';
import { webhookRoutes } from './webhooks.js';

/** All routes. The OpenAPI document and the router are made from this list. */
export const routes: readonly AnyRoute[] = [
  ...passportRoutes,
  ...tokenRoutes,
  ...batchRoutes,
  ...laneRoutes,
  ...itemRoutes,
  ...contentsRoutes,
  ...transitRoutes,
  ...clockRoutes,
  ...findingRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...directoryRoutes,
  ...ruleRoutes,
  ...catalogueRoutes,
  ...ledgerRoutes,
  ...readModelRoutes,
  ...systemRoutes,
];
