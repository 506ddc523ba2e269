import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './encode.js';
import { leafHash, merklePath, merkleRoot, rootOfPath } from './merkle.js';

/** Data and roots that Certificate Transparency's implementations publish (certificate-transparency-go, testdata). */
const DATA = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = DATA.map((data) => leafHash(fromHex(data)));
const tree = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i >> 8, i & 255)));

describe('a tree of RFC 9162', () => {
  it('has the published root at every size', () => {
    ROOTS.forEach((root, size) =>
      expect(toHex(merkleRoot(leaves.slice(0, size))), `${size} leaves`).toBe(root),
    );
  });

  it('has the published path of leaf 5 in 8', () => {
    expect(merklePath(leaves, 5).map(toHex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('leads from every leaf to its root', () => {
    for (const size of [1, 2, 3, 7, 8, 9, 100]) {
      const all = tree(size);
      all.forEach((leaf, index) => {
        expect(rootOfPath(leaf, index, size, merklePath(all, index))).toEqual(merkleRoot(all));
      });
    }
  });

  it('does not lead there from another place, another size, or with a path too long or too short', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const all = tree(size);
        const index = a % size;
        const other = b % size;
        const leaf = all[index] ?? new Uint8Array();
        const path = merklePath(all, index);
        const root = merkleRoot(all);
        if (other !== index) expect(rootOfPath(leaf, other, size, path)).not.toEqual(root);
        expect(rootOfPath(leaf, index, size, [...path, leaf])).toBeUndefined();
        if (path.length > 0) expect(rootOfPath(leaf, index, size, path.slice(1))).toBeUndefined();
        expect(rootOfPath(leaf, size, size, path)).toBeUndefined();
        expect(rootOfPath(leaf, -1, size, path)).toBeUndefined();
      }),
    );
  });

  it('has no path for a leaf that is not there', () => {
    expect(() => merklePath(leaves, 8)).toThrow(RangeError);
    expect(() => merklePath([], 0)).toThrow(RangeError);
  });
});
