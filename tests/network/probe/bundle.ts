import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from '@huilian/network';
import { build } from 'esbuild';

/** Bundles the probe as the product is bundled; for `up` and `deploy`. */
export async function probeBundle(directory: string): Promise<string> {
  const main = path.join(directory, 'main.js');
  await build({
    entryPoints: [path.join(checkout, 'tests', 'network', 'probe', 'chaincode.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  const digest = createHash('sha256')
    .update(await readFile(main))
    .digest('hex');
  await writeFile(path.join(directory, 'package.json'), '{"type":"commonjs"}\n');
  await writeFile(path.join(directory, 'bundle.json'), JSON.stringify({ version: `9.9.9+sha256.${digest}` }));
  return directory;
}
