import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { HuilianError } from '@huilian/core';
import { findBinaries, goVersion, isGoNewEnough, oldestGo } from '../binaries.js';
import type { Home } from '../home.js';
import { fault, type Finding, good, warning } from './finding.js';

const neededNode = '20.19';
const gibibyte = 1024 ** 3;
/** Raft reserves files of 64 MB ahead of writing, so a peer stops well before the last byte. */
const leastGibibytes = 1;
const comfortableGibibytes = 5;

/** Node.js 20 from 20.19 on: one Node version runs the chaincode everywhere. */
export function checkNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major === 20 && minor >= 19;
  return fits ? good('node', { version }) : fault('node', 'HL-8005', { found: version, needed: neededNode });
}

/** The Fabric programs are there, or there is a Go that can build them. */
export async function checkFabric(): Promise<Finding> {
  try {
    const directory = await findBinaries();
    if (directory !== undefined) return good('fabric', { directory });
  } catch (error) {
    if (error instanceof HuilianError) return fault('fabric', error.code, error.details);
    throw error;
  }
  const go = await goVersion();
  if (go === undefined) return fault('fabric', 'HL-8001');
  if (!isGoNewEnough(go)) return fault('fabric', 'HL-8002', { found: go, needed: oldestGo.join('.') });
  return good('fabric', { go });
}

/** Room on the disk of the home. */
export async function checkDisk(home: Home): Promise<Finding> {
  let directory = home.root;
  while (!existsSync(directory)) directory = path.dirname(directory);
  const { bavail, bsize } = await statfs(directory);
  const free = Math.floor((bavail * bsize * 10) / gibibyte) / 10;
  const details = { directory, freeGiB: free };
  if (free < leastGibibytes) return fault('disk', 'HL-8016', details);
  if (free < comfortableGibibytes) return warning('disk', 'HL-8016', details);
  return good('disk', details);
}
