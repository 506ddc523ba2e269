import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HuilianError } from '@huilian/core';
import { sharedCache, workspace } from './home.js';
import { withLock } from './lock.js';
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
const packagesToBuild = 850;
const longestBuildMs = 1_800_000;
const underConstruction = '.build-';

/**
 * The Fabric programs: those of {@link findBinaries}, else built once into the shared cache.
 * @throws HL-8001 or HL-8002 when they must be built and Go is missing or too old, HL-8003 when the build fails, HL-8004
 * when `FABRIC_BIN` lacks a program or holds another version
 */
export async function fabricBinaries(onProgress: OnProgress, signal?: AbortSignal): Promise<FabricBinaries> {
  const found = await findBinaries();
  if (found !== undefined) return inDirectory(found);
  const cached = cachedBinaries();
  await buildOnce(cached, onProgress, signal);
  return inDirectory(cached);
}

/**
 * The folder of the programs: `FABRIC_BIN` if set (any release of the same minor version), else the first on `PATH` with
 * exactly this version, else the shared cache, else undefined.
 * @throws HL-8004
 */
export async function findBinaries(): Promise<string | undefined> {
  const given = process.env['FABRIC_BIN'];
  if (given) return requireVersion(given);
  for (const directory of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (directory !== '' && hasAll(directory) && (await versionIn(directory)) === fabricVersion)
      return directory;
  }
  return hasAll(cachedBinaries()) ? cachedBinaries() : undefined;
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

async function buildOnce(
  target: string,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<void> {
  const go = await goVersion();
  if (go === undefined) throw new HuilianError('HL-8001');
  if (!isGoNewEnough(go)) throw new HuilianError('HL-8002', { found: go, needed: oldestGo.join('.') });
  await mkdir(path.dirname(target), { recursive: true });
  onProgress('binaries', usualBuild);
  // Another checkout may be building the same programs: then wait for it.
  await withLock(`${target}.lock`, { timeoutMs: longestBuildMs, signal }, async () => {
    if (!hasAll(target)) await build(target, onProgress, signal);
  });
}

async function build(target: string, onProgress: OnProgress, signal: AbortSignal | undefined): Promise<void> {
  await removeLeftovers(target);
  const temporary = await mkdtemp(`${target}${underConstruction}`);
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
    await run('go', args, { cwd: workspace, env, onLine, timeoutMs: longestBuildMs, signal });
    await rename(temporary, target);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-8003', { reason }, { cause });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What builds that were killed have left. The caller holds the lock, so nobody is building. */
async function removeLeftovers(target: string): Promise<void> {
  const parent = path.dirname(target);
  const prefix = `${path.basename(target)}${underConstruction}`;
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const directory of [target, ...left.map((name) => path.join(parent, name))]) {
    await rm(directory, { recursive: true, force: true });
  }
}

async function requireVersion(directory: string): Promise<string> {
  const found = hasAll(directory) ? await versionIn(directory) : undefined;
  if (found !== undefined && minorOf(found) === minorOf(fabricVersion)) return directory;
  throw new HuilianError('HL-8004', {
    directory,
    found: found ?? '-',
    needed: `${minorOf(fabricVersion)}.x`,
  });
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
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
