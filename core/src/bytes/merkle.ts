import { sha256, sha256Of } from './digest.js';

const LEAF = Uint8Array.of(0x00);
const HASH_BYTES = 32;
/** The input of a node's hash, filled anew each time: a tree has a node for each leaf. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** Hash of a leaf (RFC 9162, section 2.1.1). */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(LEAF, data);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256Of(node);
}

/** Largest power of two below n; n ≥ 2. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * Root over leaf hashes (RFC 9162, section 2.1.1). The root of no leaves is the hash of nothing.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  // Pairing level by level, a last one without a neighbour rising as it is, makes the same tree as splitting from above.
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    level.forEach((right, index) => {
      const left = level[index - 1];
      if (index % 2 === 1 && left !== undefined) above.push(nodeHash(left, right));
    });
    const last = level.at(-1);
    if (level.length % 2 === 1 && last !== undefined) above.push(last);
    level = above;
  }
  return level[0] ?? sha256();
}

/**
 * Inclusion path of one leaf, from the leaf upward (RFC 9162, section 2.1.3.1).
 *
 * @throws RangeError when there is no such leaf
 */
export function merklePath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index} among ${leaves.length}`);
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...merklePath(leaves.slice(0, k), index), merkleRoot(leaves.slice(k))]
    : [...merklePath(leaves.slice(k), index - k), merkleRoot(leaves.slice(0, k))];
}

/**
 * Root that a leaf hash and its path lead to (RFC 9162, section 2.1.3.2), or undefined when the path does not fit the
 * size of the tree.
 */
export function rootOfPath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index < 0 || index >= count) return undefined;
  let fn = index;
  let sn = count - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hash : undefined;
}
