import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type StoreOptions, type View } from '@huilian/gateway-api/model';
import { startDocstore, type Docstore } from './docstore.js';

/** A place where a store lives: it can be opened again and again, also by another process. */
export interface Site {
  readonly options: StoreOptions;
  open(views: readonly View[]): Promise<Store>;
}

/** A kind of store under test. `site` makes an empty place; `dispose` removes all of them. */
export interface Kind {
  readonly name: string;
  start(): Promise<void>;
  site(): Site;
  dispose(): Promise<void>;
}

/** SQLite files in a directory of their own. */
export function sqliteKind(): Kind {
  const directories: string[] = [];
  return {
    name: 'SQLite',
    start: async () => {},
    site() {
      const directory = mkdtempSync(join(tmpdir(), 'huilian-store-'));
      directories.push(directory);
      return siteOf({ directory });
    },
    dispose() {
      for (const directory of directories) rmSync(directory, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

/** Databases of their own on one server. */
export function mongoKind(): Kind {
  let docstore: Docstore | undefined;
  return {
    name: 'MongoDB',
    async start() {
      docstore = await startDocstore();
    },
    site() {
      if (docstore === undefined) throw new Error('The server is not started.');
      return siteOf({ mongodbUri: `${docstore.uri}huilian-${randomUUID()}`, directory: '' });
    },
    async dispose() {
      await docstore?.stop();
    },
  };
}

function siteOf(options: StoreOptions): Site {
  return { options, open: (views) => openStore(options, views) };
}
