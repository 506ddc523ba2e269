import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HuilianError } from '@huilian/core';
import lockfile from 'proper-lockfile';
import { sharedCache, workspace } from './home.js';
import type { OnProgress } from './progress.js';
import { run } from './run.js';

/** The version of Fabric that this network runs. `go.mod` names the same commit. */
export const fabricVersion = '3.1.1';

/** The oldest Go that builds it. */
export const oldestGo: readonly [number, number] = [1, 25];

export const fabricPrograms = ['peer', 'orderer', 'configtxgen', 'cryptogen', 'osnadmin'] as const;
export type FabricProgram = (typeof fabricPrograms)[number];

/** Where each Fabric program is. */
export type FabricBinaries = (program: FabricProgram) => string;

const usualBuild = '1 – 4 min';
const packagesToBuild = 1_150;

/**
 * The Fabric programs: `FABRIC_BIN` if set, else `PATH` if it has this version, else built once into the shared cache.
 * @throws HL-8001 or HL-8002 when they must be built and Go is missing or too old, HL-8003 when the build fails, HL-8004
 * when `FABRIC_BIN` holds another version or lacks a program.
 */
export async function fabricBinaries(onProgress: OnProgress): Promise<FabricBinaries> {
  const given = process.env['FABRIC_BIN'];
  if (given) return inDirectory(await requireVersion(given));
  const cached = cachedBinaries();
  if (hasAll(cached)) return inDirectory(cached);
  for (const directory of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (directory !== '' && hasAll(directory) && (await versionIn(directory)) === fabricVersion)
      return inDirectory(directory);
  }
  await buildOnce(cached, onProgress);
  return inDirectory(cached);
}

/** True when `up` would not have to build anything. */
export function binariesPresent(): boolean {
  const given = process.env['FABRIC_BIN'];
  return hasAll(given ? given : cachedBinaries());
}

/** Where built programs are kept for all checkouts of this user. */
export function cachedBinaries(): string {
  return path.join(sharedCache(), `fabric-${fabricVersion}`);
}

/** The version of Go on the path, such as `1.26`, or undefined. */
export async function goVersion(): Promise<string | undefined> {
  try {
    const text = await run('go', ['env', 'GOVERSION'], { cwd: workspace });
    return /go(\d+\.\d+)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** True when this Go can build Fabric. */
export function isGoNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestGo[0] || (major === oldestGo[0] && minor >= oldestGo[1]);
}

async function buildOnce(target: string, onProgress: OnProgress): Promise<void> {
  const go = await goVersion();
  if (go === undefined) throw new HuilianError('HL-8001');
  if (!isGoNewEnough(go)) throw new HuilianError('HL-8002', { found: go, needed: oldestGo.join('.') });
  await mkdir(path.dirname(target), { recursive: true });
  onProgress('binaries', usualBuild);
  const release = await lockfile.lock(target, {
    realpath: false,
    stale: 30_000,
    // Another checkout is building the same programs: wait for it, up to ten minutes.
    retries: { retries: 600, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 },
  });
  try {
    if (!hasAll(target)) await build(target, onProgress);
  } finally {
    await release();
  }
}

async function build(target: string, onProgress: OnProgress): Promise<void> {
  const temporary = await mkdtemp(`${target}.`);
  let packages = 0;
  let shown = 0;
  const onLine = (): void => {
    packages += 1;
    const percent = Math.min(99, Math.floor((packages * 100) / packagesToBuild));
    if (percent < shown + 5) return;
    shown = percent;
    onProgress('binaries', `${percent} %`);
  };
  const flags = `-s -w -X github.com/hyperledger/fabric/common/metadata.Version=v${fabricVersion}`;
  const args = ['build', '-v', '-trimpath', '-ldflags', flags, '-o', `${temporary}/`, 'tool'];
  try {
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' };
    await run('go', args, { cwd: workspace, env, onLine, timeoutMs: 1_800_000 });
    await rename(temporary, target);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-8003', { reason }, { cause });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function requireVersion(directory: string): Promise<string> {
  const found = hasAll(directory) ? await versionIn(directory) : undefined;
  if (found === fabricVersion) return directory;
  throw new HuilianError('HL-8004', { directory, found: found ?? '-', needed: fabricVersion });
}

async function versionIn(directory: string): Promise<string | undefined> {
  try {
    return /Version: v?(\S+)/.exec(await run(path.join(directory, 'peer'), ['version']))?.[1];
  } catch {
    return undefined;
  }
}

function hasAll(directory: string): boolean {
  return fabricPrograms.every((program) => existsSync(path.join(directory, program)));
}

function inDirectory(directory: string): FabricBinaries {
  const absolute = path.resolve(directory);
  return (program) => path.join(absolute, program);
}
