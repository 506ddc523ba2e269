import { fileURLToPath } from 'node:url';
import { makeKeyRequest } from '@huilian/core';
import { initKey, type StoredKey } from '@huilian/scanner-cli';
import { build } from 'esbuild';
import { administrative, type Client, type World } from '../gateway/world.js';

/** Makes a key on a device and has it registered for an enterprise. */
export async function registeredKey(
  world: World,
  gateway: Client,
  place: { home: string; name: string; owner: string },
): Promise<StoredKey> {
  const key = await initKey(place.home, place.name, place.owner, world.network.trust);
  const { owner, publicKey, proof } = makeKeyRequest(world.network.trust.ledger, place.owner, key.key);
  const registration = administrative('key.register', { owner, kind: 'device', publicKey, proof });
  const verdicts = await gateway.record(world.recyclingOffice, [registration]);
  if (verdicts[0] !== 'accepted') throw new Error(verdicts.join());
  return key;
}

/** Makes one file that node runs from the program of a device. @returns its path */
export async function deviceProgram(): Promise<string> {
  const outfile = fileURLToPath(new URL('../dist/scanner/queue-child.mjs', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL('queue-child.ts', import.meta.url))],
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
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@huilian/') ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
