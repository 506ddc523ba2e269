import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Home } from '@huilian/network';

/** Bytes on a peer's disk by what they are for. */
export interface PeerDisk {
  /** Files of the blocks. */
  readonly blocks: number;
  /** Database of the world state. */
  readonly state: number;
  /** Where in the files a block or a transaction is. */
  readonly index: number;
  /** History database, off by default. */
  readonly history: number;
  /** Everything else that the peer keeps. */
  readonly other: number;
}

const LEDGER = 'ledgersData';

/** Bytes of all files below a folder; none when it is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      // LevelDB deletes files while we look; what is gone has no size.
      try {
        return (await stat(join(entry.parentPath, entry.name))).size;
      } catch {
        return 0;
      }
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What a peer keeps on its disk. It should be down, so that its databases do not move. */
export async function peerDisk(home: string, peer: string): Promise<PeerDisk> {
  const root = new Home(home).data(peer);
  const [blocks, index, state, history, all] = await Promise.all([
    bytesIn(join(root, LEDGER, 'chains', 'chains')),
    bytesIn(join(root, LEDGER, 'chains', 'index')),
    bytesIn(join(root, LEDGER, 'stateLeveldb')),
    bytesIn(join(root, LEDGER, 'historyLeveldb')),
    bytesIn(root),
  ]);
  return { blocks, index, state, history, other: all - blocks - index - state - history };
}
