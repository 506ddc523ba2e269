// npm run docs: makes anew what is generated under docs/. Needs compiled sources; tests find what is not current.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tablesPage } from '@huilian/adapters';
import { errorsPage, lifecyclePage, rolePage, ROLES } from '@huilian/core';

const docs = (name) => new URL(`../docs/${name}`, import.meta.url);
mkdirSync(docs('roles/steps'), { recursive: true });
for (const [language, suffix] of [
  ['en', ''],
  ['zh-CN', '.zh-CN'],
]) {
  writeFileSync(docs(`errors${suffix}.md`), errorsPage(language));
  writeFileSync(docs(`lifecycle${suffix}.md`), lifecyclePage(language));
  writeFileSync(docs(`tables${suffix}.md`), tablesPage(language));
  for (const role of ROLES) writeFileSync(docs(`roles/steps/${role}${suffix}.md`), rolePage(language, role));
}
// The gateway makes the page of its configuration and its OpenAPI document itself.
const gateway = fileURLToPath(new URL('../gateway-api/dist/generate.js', import.meta.url));
const { status } = spawnSync(process.execPath, [gateway], { stdio: 'inherit' });
process.exitCode = status ?? 1;
