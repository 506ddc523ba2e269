import { writeFileSync } from 'node:fs';
import { configurationTable } from './config.table.js';
import { openApiDocument } from './http/openapi.js';
import { routes } from './routes/index.js';

/** Writes what is generated and committed: `node gateway-api/dist/generate.js`. Tests compare both files with the source. */
const docs = new URL('../../docs/', import.meta.url);
writeFileSync(new URL('configuration.md', docs), configurationTable());
writeFileSync(new URL('openapi.json', docs), `${JSON.stringify(openApiDocument(routes), undefined, 2)}\n`);
