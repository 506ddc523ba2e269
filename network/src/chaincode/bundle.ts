import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HuilianError } from '@huilian/core';
import { checkout, type Home } from '../home.js';

/** A built chaincode: the folder with `main.js`, and the version that says which bytes it is. */
export interface Bundle {
  readonly directory: string;
  /** `semver+sha256.<hex>`. */
  readonly version: string;
}

/** Where the build of the workspace `chaincode` leaves its bundle. */
export const builtBundle = path.join(checkout, 'chaincode', 'bundle');

/** Fabric takes letters, digits and `_.+-` in a version (`core/chaincode/lifecycle`). */
const versionPattern = /^\d+\.\d+\.\d+\+sha256\.([0-9a-f]{64})$/;

/**
 * Reads which bundle lies in a folder, and checks that its bytes are what its version says.
 * @throws HL-8011 when there is none or its version cannot be read, HL-8026 when the bytes are others
 */
export async function readBundle(directory: string): Promise<Bundle> {
  const { version, main } = await readFiles(directory);
  const digest = versionPattern.exec(version)?.[1];
  if (digest === undefined) throw new HuilianError('HL-8011', { directory });
  const found = createHash('sha256').update(main).digest('hex');
  if (found !== digest) throw new HuilianError('HL-8026', { directory, version, found });
  return { directory: path.resolve(directory), version };
}

async function readFiles(directory: string): Promise<{ version: string; main: Buffer }> {
  try {
    const text = await readFile(path.join(directory, 'bundle.json'), 'utf8');
    const { version } = JSON.parse(text) as { version?: unknown };
    return { version: String(version), main: await readFile(path.join(directory, 'main.js')) };
  } catch (cause) {
    throw new HuilianError('HL-8011', { directory }, { cause });
  }
}

/** The label of a version's package: `huilian_1.0.0_` and the first twelve digits of the digest. */
export function labelOf(chaincode: string, version: string): string {
  const [semver = '', digest = ''] = version.split('+sha256.');
  return `${chaincode}_${semver}_${digest.slice(0, 12)}`;
}

/**
 * Copies a bundle into the home: what is deployed stays there when the checkout is built again. The copy is what counts,
 * since a build may go on beside.
 */
export async function keepBundle(home: Home, chaincode: string, directory: string): Promise<Bundle> {
  const incoming = home.chaincode('incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(home.chaincode(), { recursive: true });
  await cp(directory, incoming, { recursive: true });
  const { version } = await readBundle(incoming);
  const target = keptBundle(home, labelOf(chaincode, version));
  await rm(target, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  await rename(incoming, target);
  return { directory: target, version };
}

/** Where the bundle of a label is kept. */
export function keptBundle(home: Home, label: string): string {
  return path.join(home.chaincode(label), 'bundle');
}

/** Puts the copy of a deployed bundle back from the checkout if it was lost or damaged and the checkout has the same. */
export async function restoreBundle(
  home: Home,
  chaincode: string,
  version: string,
  built: string,
): Promise<void> {
  const isGood = async (directory: string): Promise<boolean> =>
    readBundle(directory).then(
      (bundle) => bundle.version === version,
      () => false,
    );
  if (await isGood(keptBundle(home, labelOf(chaincode, version)))) return;
  if (await isGood(built)) await keepBundle(home, chaincode, built);
}

/** Removes the copies that no process uses any more. */
export async function forgetOtherBundles(home: Home, label: string): Promise<void> {
  const others = (await readdir(home.chaincode())).filter((name) => name !== label);
  await Promise.all(others.map(async (name) => rm(home.chaincode(name), { recursive: true, force: true })));
}
