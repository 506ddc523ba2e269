// Makes chaincode/bundle from the compiled sources: our code and all libraries in one file. The version holds the digest
// of the file, so that two builds of one commit are the same bundle and another build is another version. With an entry and a
// folder as arguments it makes another bundle in the same way.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [entry = here('dist/main.js'), folder = here('bundle')] = process.argv
  .slice(2)
  .map((path) => resolve(path));
const main = join(folder, 'main.js');
const root = JSON.parse(readFileSync(here('package.json'), 'utf8'));

const { metafile } = await build({
  metafile: true,
  entryPoints: [entry],
  outfile: main,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Fabric's libraries log every annotation at start; a level from outside still wins.
  banner: { js: "process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'WARNING';" },
  logLevel: 'warning',
  absWorkingDir: here('.'),
});

// Two copies of fabric-protos overwrite each other's global namespace, and the peer ends the stream.
const protos = Object.keys(metafile.inputs).flatMap((file) => file.match(/^.*\/fabric-protos\//) ?? []);
if (new Set(protos).size > 1)
  throw new Error(`more than one copy of fabric-protos: ${[...new Set(protos)].join(', ')}`);

const digest = createHash('sha256').update(readFileSync(main)).digest('hex');
const version = `${root.version}+sha256.${digest}`;
mkdirSync(folder, { recursive: true });
// Fabric's libraries are CommonJS, whose names an ES module cannot all import.
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
writeFileSync(join(folder, 'bundle.json'), `${JSON.stringify({ version })}\n`);
