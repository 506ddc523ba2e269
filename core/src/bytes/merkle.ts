import { sha256, sha256Binary } from './digest.js';

const LEAF = Uint8Array.of(0x00);
const HASH_BYTES = 32;
/** The input of a node's hash, filled anew each time: a tree has a node for each leaf. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** Hash of a leaf (RFC 9162, section 2.1.1). */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(LEAF, data);
}

/** A hash as its bytes, or as a text of one character for each byte. */
export type Hash = Uint8Array | string;

function nodeHash(left: Hash, right: Hash): string {
  put(left, 1);
  put(right, 1 + HASH_BYTES);
  return sha256Binary(node);
}

function put(hash: Hash, at: number): void {
  if (typeof hash === 'string') node.write(hash, at, 'latin1');
  else node.set(hash, at);
}

function bytesOf(hash: Hash): Uint8Array {
  return typeof hash === 'string' ? Buffer.from(hash, 'latin1') : hash;
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
export function merkleRoot(leaves: readonly Hash[]): Uint8Array {
  let level = leaves;
  // Pairing level by level, a last one without a neighbour rising as it is, makes the same tree as splitting from above.
  while (level.length > 1) {
    const above: Hash[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] as Hash;
      const right = level[index + 1];
      above.push(right === undefined ? left : nodeHash(left, right));
    }
    level = above;
  }
  const [root] = level;
  return root === undefined ? sha256() : bytesOf(root);
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
  let hash: Hash = leaf;
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
  return sn === 0 ? bytesOf(hash) : undefined;
}
