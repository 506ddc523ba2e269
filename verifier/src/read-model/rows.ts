import {
  canonicalText,
  LIST_OF_VERSIONS,
  type ItemRow,
  type KeyRow,
  type LaneRow,
  type ParticipantRow,
  type Row,
  type TagRow,
} from '@huilian/core';
import type { ExpectedRows } from '../compare-rows.js';
import type { Verification } from '../ledger-verifier.js';
import { rowIn } from './row-in.js';
import type { Document } from './source.js';

/** By what a read model finds a row, by the first word of its key. All of it follows from the key and the row. */
const finders: Readonly<Record<string, (id: string, row: Row) => Document>> = {
  fork: (id) => ({ keyId: first(id) }),
  item: (_id, row) => {
    const { kind, state, custodian, handover, logistics } = row as ItemRow;
    const receiver = handover?.to ?? logistics?.exception?.by;
    const isAlone = logistics?.container === undefined;
    const transit = receiver === undefined || !isAlone ? {} : { inTransit: true, receiver };
    return { kind, state, custodian, ...transit };
  },
  key: (_id, row) => {
    const { owner, kind } = row as KeyRow;
    return { owner, kind };
  },
  lane: (_id, row) => ({ forked: (row as LaneRow).forked !== undefined }),
  loss: (id) => ({ vehicle: first(id) }),
  participant: (_id, row) => ({ mspId: (row as ParticipantRow).mspId }),
  recorded: (id) => ({ keyId: first(id), sequence: Number(id.slice(id.indexOf('/') + 1)) }),
  reman: (id) => ({ seller: first(id) }),
  rule: (id) => ({ name: first(id), isVersion: Number(id.split('/').at(-1)) !== LIST_OF_VERSIONS }),
  tag: (_id, row) => ({ item: (row as TagRow).item }),
};

/** Every row of the fold with the fields by which a read model must find it, as the member `foundBy`. */
export function foundRows(verifier: Verification): ExpectedRows {
  return {
    keys: () => verifier.state.keys(),
    text(key) {
      const row: Row | undefined = rowIn(verifier, key);
      return row === undefined ? undefined : canonicalText({ ...row, foundBy: foundBy(key, row) });
    },
  };
}

function foundBy(key: string, row: Row): Document {
  const [prefix, id] = [first(key), key.slice(key.indexOf('/') + 1)];
  return (Object.hasOwn(finders, prefix) ? finders[prefix]?.(id, row) : undefined) ?? {};
}

function first(text: string): string {
  return text.split('/', 1)[0] ?? text;
}
