import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
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
 * Reads which bundle lies in a folder.
 * @throws HL-8011 when there is none or its version cannot be read
 */
export async function readBundle(directory: string): Promise<Bundle> {
  try {
    const { version } = JSON.parse(await readFile(path.join(directory, 'bundle.json'), 'utf8')) as {
      version?: unknown;
    };
    if (
      typeof version === 'string' &&
      versionPattern.test(version) &&
      existsSync(path.join(directory, 'main.js'))
    ) {
      return { directory: path.resolve(directory), version };
    }
  } catch {
    // Said below, with the folder.
  }
  throw new HuilianError('HL-8011', { directory });
}

/** The label of a version's package: `huilian_1.0.0_` and the first twelve digits of the digest. */
export function labelOf(chaincode: string, version: string): string {
  const [semver = '', digest = ''] = version.split('+sha256.');
  return `${chaincode}_${semver}_${digest.slice(0, 12)}`;
}

/** Copies a bundle into the home: what is deployed stays there when the checkout is built again. */
export async function keepBundle(home: Home, label: string, bundle: Bundle): Promise<void> {
  const target = path.join(home.chaincode(label), 'bundle');
  if (existsSync(target)) return;
  await mkdir(home.chaincode(label), { recursive: true });
  const temporary = `${target}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await cp(bundle.directory, temporary, { recursive: true });
  await rename(temporary, target);
}
