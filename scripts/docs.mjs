// npm run docs: makes anew what is generated under docs/. Needs compiled sources; tests find what is not current.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dictionary, dictionaryPage, publishedSchemas, tablesPage } from '@huilian/adapters';
import { configurationTable } from '@huilian/scanner-cli';
import { errorsPage, lifecyclePage, rolePage, ROLES, timelinePage } from '@huilian/core';

const docs = (name) => new URL(`../docs/${name}`, import.meta.url);
mkdirSync(docs('roles/steps'), { recursive: true });
for (const [language, suffix] of [
  ['en', ''],
  ['zh-CN', '.zh-CN'],
]) {
  writeFileSync(docs(`errors${suffix}.md`), errorsPage(language));
  writeFileSync(docs(`lifecycle${suffix}.md`), lifecyclePage(language));
  writeFileSync(docs(`timelines${suffix}.md`), timelinePage(language));
  writeFileSync(docs(`tables${suffix}.md`), tablesPage(language));
  for (const role of ROLES) writeFileSync(docs(`roles/steps/${role}${suffix}.md`), rolePage(language, role));
  writeFileSync(docs(`dictionary${suffix}.md`), dictionaryPage(language));
}

writeFileSync(docs('configuration-scanner.md'), configurationTable());

// The schemas of messages stand in the conformance kit, too: a vendor takes that folder alone.
const kit = new URL('../adapters/conformance/schemas/', import.meta.url);
const schemas = docs('dictionary/schemas/');
for (const folder of [schemas, kit]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
for (const { name, schema } of publishedSchemas()) {
  writeFileSync(new URL(`${name}.json`, schemas), json(schema));
  if (!name.startsWith('event.')) writeFileSync(new URL(`${name}.json`, kit), json(schema));
}
writeFileSync(docs('dictionary/dictionary.json'), json(dictionary()));

// The gateway makes the page of its configuration and its OpenAPI document itself.
const gateway = fileURLToPath(new URL('../gateway-api/dist/generate.js', import.meta.url));
const { status } = spawnSync(process.execPath, [gateway], { stdio: 'inherit' });
process.exitCode = status ?? 1;
