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

/** Versions of rule tables. */
export const ruleTableView = declareView({
  name: 'ruleTable',
  schema: z.strictObject({
    /** `name/province/version`, the version with four digits. */
    id: z.string(),
    name: z.string(),
    row: z.custom<RuleRow>(),
  }),
  key: 'id',
  indexes: { all: { fields: [] }, byName: { fields: ['name'] } },
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
