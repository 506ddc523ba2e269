// Makes chaincode/bundle from the compiled sources: our code in one file, the pinned libraries of Fabric beside it. The
// version holds a digest over the file and over the integrity of every library that stays outside, so that two builds of
// one commit are the same bundle and another build is another version.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const external = ['fabric-contract-api', 'fabric-shim', 'reflect-metadata'];
const root = JSON.parse(readFileSync(here('package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(here('../package-lock.json'), 'utf8'));

await build({
  entryPoints: [here('dist/main.js')],
  outfile: here('bundle/main.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: external.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
  absWorkingDir: here('.'),
});

const digest = createHash('sha256').update(readFileSync(here('bundle/main.js')));
for (const name of external) digest.update(`\n${name} ${lock.packages[`node_modules/${name}`].integrity}`);
const version = `${root.version}+sha256.${digest.digest('hex')}`;
mkdirSync(here('bundle'), { recursive: true });
// Fabric's libraries are CommonJS, whose names an ES module cannot all import.
writeFileSync(here('bundle/package.json'), '{"type":"commonjs"}\n');
writeFileSync(here('bundle/bundle.json'), `${JSON.stringify({ version })}\n`);
