import type { NamespaceReadWriteSet } from '@huilian/fabric';
import { differ, type Place } from '../difference.js';
import type { Versions } from './versions.js';

/**
 * True when the range queries of a transaction would still find the same rows. This ledger's chaincode makes none in
 * transactions; results that were only summed up by a hash are not recomputed.
 */
export function phantomFree(set: NamespaceReadWriteSet, versions: Versions, place: Place): boolean {
  return set.rangeQueries.every((query) => {
    if (query.hasReadsMerkleHashes()) {
      differ('HL-6036', place, 'range query', 'results listed one by one', 'results by hash');
    }
    const found = query.getRawReads()?.getKvReadsList() ?? [];
    const reads = found.map((read) => {
      const version = read.getVersion();
      const held = version && { block: version.getBlockNum(), transaction: version.getTxNum() };
      return { key: read.getKey(), ...(held === undefined ? {} : { version: held }) };
    });
    if (!versions.readsAreCurrent({ ...set, reads })) return false;
    const range = {
      start: query.getStartKey(),
      end: query.getEndKey(),
      endIncluded: !query.getItrExhausted(),
    };
    return versions.countInRange(set.namespace, range) === reads.length;
  });
}
