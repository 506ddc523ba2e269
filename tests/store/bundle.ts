import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const output = fileURLToPath(new URL('../dist/store/', import.meta.url));

/** Makes one file that Node runs from a test's second program; it uses the workspaces as compiled. @returns its path */
export async function bundle(name: string): Promise<string> {
  const outfile = `${output}${name}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}
