// Makes scanner-cli/bundle from the compiled sources: the command in a few files instead of several hundred, which node would open one by
// one each time somebody scans. What a command seldom needs stays a file of its own, loaded when it is asked for.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const checkout = dirname(here);
const folder = join(here, 'bundle');

/** Our files find what lies beside them by their own place, so each goes on naming the one it had. */
const ownPlaces = {
  name: 'own-places',
  setup(bundling) {
    bundling.onLoad({ filter: /[/\\]dist[/\\].*\.js$/ }, ({ path }) => {
      if (path.includes(`${sep}node_modules${sep}`)) return undefined;
      const place = relative(folder, path).split(sep).join('/');
      const contents = readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        `new URL(${JSON.stringify(place)}, import.meta.url).href`,
      );
      return { contents, loader: 'js' };
    });
  },
};

rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: [join(here, 'dist', 'main.js')],
  outdir: folder,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // These load binaries that lie in their own folders.
  external: ['libsql', 'pkcs11js', 'sharp', 'zxing-wasm'],
  plugins: [ownPlaces],
  // Libraries in CommonJS ask for others by `require`, which a module does not have.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
  absWorkingDir: checkout,
});
