/** Tables of an inbox. Each has what the one before it needs; a new version of a table gets a new name. */
export const INBOX_TABLES: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  `CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    received INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    plan TEXT,
    outcomes TEXT
  )`,
  'CREATE INDEX IF NOT EXISTS message_by_state ON message (state, due, number)',
  // Items that messages of this inbox bring in: the ledger may not show them yet when the next message names them.
  'CREATE TABLE IF NOT EXISTS tag (tag TEXT PRIMARY KEY, item TEXT NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS import (id TEXT PRIMARY KEY, summary TEXT NOT NULL) WITHOUT ROWID',
  `CREATE TABLE IF NOT EXISTS imported (
    import TEXT NOT NULL,
    position INTEGER NOT NULL,
    result TEXT NOT NULL,
    number INTEGER,
    PRIMARY KEY (import, position)
  ) WITHOUT ROWID`,
];
