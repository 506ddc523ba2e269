import { z } from 'zod';
import { CLOCK_STATUSES, type Missing, type TablesOnRecord } from '@huilian/core';
import { declareView } from './declare.js';

/** Clocks of items that were started by an event, each with its due day, so that nothing has to run to find what is overdue. */
export const clockView = declareView({
  name: 'clock',
  schema: z.strictObject({
    /** `item/limit/check`, of the id of what started it; short, since it stands in every index. */
    id: z.string(),
    item: z.string(),
    limit: z.string(),
    /** Credit code of who signed what started it. */
    party: z.string(),
    /**
     * `unknown`: the due day cannot be told, whether it was stopped or not. `void`: no term was in force, its start was taken back,
     * or what it waited for did not come about.
     */
    status: z.enum(CLOCK_STATUSES),
    /** Ids of events, and ledger times in seconds. */
    startedBy: z.string(),
    started: z.int(),
    stoppedBy: z.string().optional(),
    stopped: z.int().optional(),
    /** The first second after the last day of the term; 0 when it cannot be told. */
    dueAt: z.int(),
    /** Calendar days of its term, where what started it named a table for that. */
    days: z.int().optional(),
    /** Days before the due day from which on it is due soon. */
    warnDays: z.int(),
    confirmed: z.boolean(),
    missing: z.custom<Missing>().optional(),
  }),
  key: 'id',
  indexes: {
    byItem: { fields: ['item'], order: 'started' },
    byStatus: { fields: ['status'], order: 'dueAt' },
    byParty: { fields: ['party', 'status'], order: 'dueAt' },
  },
});

/** The approved tables that clocks and findings are read from, under the key `current`. */
export const tablesView = declareView({
  name: 'tablesOnRecord',
  schema: z.strictObject({ id: z.string(), tables: z.custom<TablesOnRecord>() }),
  key: 'id',
  indexes: {},
});
