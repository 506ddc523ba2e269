export type { BlockEffects, Checkpoint, Document, Page, Put, Query, Store } from './store.js';
export { MongoStore } from './mongo.js';
export { openStore, type StoreOptions } from './open.js';
export { SqliteStore } from './sqlite.js';
export { cursorOf } from './documents.js';
export { writeCursor } from './cursor.js';
