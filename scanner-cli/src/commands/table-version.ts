import { LIST_OF_VERSIONS, rowKey, versionAt, type RuleRow } from '@huilian/core';
import { seconds, type Context } from '../context.js';
import { KnownRows, NotKnown } from '../recording/known-rows.js';
import { gatewaysOf, keyOf } from '../session.js';
import type { Options } from './command.js';
import { whole } from './item-events.js';

/** What was found in this run of the command, by table: one step may be recorded for many items. */
const found = new WeakMap<Context, Map<string, Promise<number>>>();

/**
 * Version of a rule table that an event names: that of the option, else the one in force now, as a gateway tells or as this device
 * has kept it; 1 where nobody knows.
 *
 * @param option name of the option
 * @param table name of a table of the whole country
 * @throws HuilianError HL-7031
 */
export async function versionOf(
  context: Context,
  options: Options,
  option: string,
  table: string,
): Promise<number> {
  const given = whole(options, option);
  if (given !== undefined) return given;
  const earlier = found.get(context) ?? new Map<string, Promise<number>>();
  found.set(context, earlier);
  const version = earlier.get(table) ?? inForce(context, table);
  earlier.set(table, version);
  return version;
}

async function inForce(context: Context, table: string): Promise<number> {
  const known = new KnownRows(context, gatewaysOf(context, await keyOf(context)));
  const key = rowKey.rule(table, 'CN', LIST_OF_VERSIONS);
  try {
    const list = (await known.row(key)) as RuleRow | undefined;
    if (list === undefined) return 1;
    // Kept anew even when it was kept before, so that it does not go with the oldest.
    known.keep([[key, list]]);
    return versionAt(list, seconds(context)) ?? 1;
  } catch (error) {
    if (error instanceof NotKnown) return 1;
    throw error;
  }
}
