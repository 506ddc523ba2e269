import { z } from 'zod';
import type { LedgerRow, ParticipantRow, RuleRow, RulesetRow } from '@huilian/core';
import { declareView } from './declare.js';

/** Enterprises by their credit code. */
export const participantView = declareView({
  name: 'participant',
  schema: z.strictObject({ id: z.string(), mspId: z.string(), row: z.custom<ParticipantRow>() }),
  key: 'id',
  indexes: { all: { fields: [] }, byOrganisation: { fields: ['mspId'] } },
});

/** Versions of rule tables, and of each table the list of its versions. */
export const ruleTableView = declareView({
  name: 'ruleTable',
  schema: z.strictObject({
    /** `name/province/version`, the version with four digits. */
    id: z.string(),
    name: z.string(),
    /** False for the list of the versions, which stands under a number of its own and is never in force. */
    isVersion: z.boolean(),
    row: z.custom<RuleRow>(),
  }),
  key: 'id',
  indexes: { versions: { fields: ['isVersion'] }, byName: { fields: ['name', 'isVersion'] } },
});

/** The active ruleset, under the key `active`. */
export const rulesetView = declareView({
  name: 'ruleset',
  schema: z.strictObject({ id: z.string(), row: z.custom<RulesetRow>() }),
  key: 'id',
  indexes: {},
});

/** What the ledger says about itself, under the key `ledger`. The last block is the store's checkpoint. */
export const metaView = declareView({
  name: 'meta',
  schema: z.strictObject({ id: z.string(), row: z.custom<LedgerRow>() }),
  key: 'id',
  indexes: {},
});
