import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InboxFile } from './file.js';

const LOOK_UPS = 60_000;
const MEGABYTE = 1_000_000;

it('a look-up holds on to nothing, though an import makes hundreds of thousands in one turn of the event loop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huilian-file-'));
  const file = InboxFile.open(join(folder, 'inbox.db'), [
    'CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  ]);
  file.run('INSERT INTO meta VALUES (?, ?)', 'owner', 'x'.repeat(400));
  const look = (count: number): void => {
    for (let i = 0; i < count; i += 1) file.get('SELECT value FROM meta WHERE name = ?', 'owner');
  };
  look(2_000);
  const before = process.memoryUsage().rss;
  look(LOOK_UPS);
  expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(30);
  file.close();
  rmSync(folder, { recursive: true });
});
