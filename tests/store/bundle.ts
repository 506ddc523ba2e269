import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const output = fileURLToPath(new URL('../dist/store/', import.meta.url));

/** Makes one file that Node runs from a test's second program and the sources of the workspaces. @returns its path */
export async function bundle(name: string): Promise<string> {
  const outfile = `${output}${name}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['huilian-source'],
    logLevel: 'error',
    plugins: [
      {
        name: 'libraries stay outside',
        setup(build) {
          build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@huilian/') ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
