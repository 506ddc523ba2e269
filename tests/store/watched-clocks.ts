import {
  ClockWatch,
  record,
  rowOfStored,
  runFold,
  unpackGroup,
  type Json,
  type KeptClock,
  type Row,
  type SignedBatch,
} from '@huilian/core';
import { ClockMemory } from '@huilian/core/testing';
import type { SourceBlock } from '@huilian/gateway-api/model';

/** The clocks that follow from blocks, as a verifier counts them: the transactions are judged again. In the order of their ids. */
export function watchedClocks(blocks: readonly SourceBlock[]): readonly KeptClock[] {
  const rows = new Map<string, Row>();
  const memory = new ClockMemory();
  const watch = new ClockWatch(memory);
  for (const { transactions } of blocks)
    for (const { function: name, args, writes, time, id } of transactions) {
      const [group] = args;
      const positionOf = String;
      if (name === 'Record:record' && group !== undefined) {
        const judged = runFold(record(group, { time, transaction: id }), (key) => rows.get(key));
        const batches = unpackGroup(group).map(({ value }) => value as unknown as SignedBatch);
        watch.take({ batches, recorded: judged.batches, writes: judged.writes, time, positionOf }, (key) =>
          rows.get(key),
        );
        for (const [key, row] of judged.writes) rows.set(key, row);
      } else {
        const seeded = new Map(
          writes.flatMap(({ key, value }) => (value === null ? [] : [[key, rowIn(key, value)]])),
        );
        watch.take({ batches: [], recorded: [], writes: seeded, time, positionOf }, (key) => rows.get(key));
        for (const [key, row] of seeded) rows.set(key, row);
      }
    }
  return [...memory.clocks()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(withoutAbsent);
}

function rowIn(key: string, value: Uint8Array): Row {
  return rowOfStored(key, JSON.parse(Buffer.from(value).toString('utf8')) as Json);
}

/** As a store gives it back: what is not there has no member. */
function withoutAbsent(clock: KeptClock): KeptClock {
  return JSON.parse(JSON.stringify(clock)) as KeptClock;
}
