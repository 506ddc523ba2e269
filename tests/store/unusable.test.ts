import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '@huilian/gateway-api/model';
import { applyUpTo, crates, views } from './fixture.js';
import { sqliteKind } from './sites.js';

describe('A store that cannot be used', () => {
  it('names a document that cannot be read with the code of a faulty store', async () => {
    const kind = sqliteKind();
    const site = kind.site();
    const store = await site.open(views);
    await applyUpTo(store, 0);
    const file = join(site.options.directory, 'read-model.sqlite');
    const damage = `import sqlite3,sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE crate SET "#document" = "{"'); c.commit()`;
    execFileSync('python3', ['-c', damage, file]);
    await expect(store.get(crates, 'crate-0000')).rejects.toMatchObject({ code: 'HL-5022' });
    await store.close();
    await kind.dispose();
  });

  it.each([
    ['a file that is a directory', { directory: '/dev/null' }],
    [
      'a server that does not answer',
      { directory: '', mongodbUri: 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200' },
    ],
    [
      'several servers that do not answer',
      { directory: '', mongodbUri: 'mongodb://127.0.0.1:1,127.0.0.1:2/model' },
    ],
    ['a connection string that is none', { directory: '', mongodbUri: 'mongodb:/' }],
  ])('is named with a code: %s', async (_what, options) => {
    await expect(openStore(options, views)).rejects.toMatchObject({ code: 'HL-5022' });
  });
});
