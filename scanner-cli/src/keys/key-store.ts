import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { HuilianError, keyIdOf, type TrustBundle } from '@huilian/core';
import { hasCode, isNoRoom } from './system-errors.js';
import { isKeyName, keyFileIn, keyFolder } from './places.js';
import { newPrivateKey } from './random.js';
import { checkOwner, readKeyText, writeKeyText, type StoredKey } from './stored-key.js';

const OTHERS = 0o077;

/**
 * Makes a key and keeps it in a file that only its user reads (0600). It appears whole or not at all.
 *
 * @param home folder of the device
 * @param owner credit code, or organisation for an administrator
 * @param trust what the device takes as given; pinned with the key
 * @param options `laneElsewhere` for a key that a program keeps here but signs with on its own
 * @throws HuilianError HL-7021 when there is a key of this name, HL-7012 disk full, HL-1031 for a wrong owner
 */
export async function initKey(
  home: string,
  name: string,
  owner: string,
  trust: TrustBundle,
  options: Pick<StoredKey, 'laneElsewhere'> = {},
): Promise<StoredKey> {
  const folder = keyFolder(home, name);
  const key = newPrivateKey();
  const stored = { name, keyId: keyIdOf(key), owner: checkOwner(owner), key, trust, ...options };
  const temporary = join(folder, `.key-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(temporary, writeKeyText(stored));
    await link(temporary, keyFileIn(folder));
    await syncFolder(folder);
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) throw new HuilianError('HL-7021', { name }, { cause });
    if (isNoRoom(cause)) throw new HuilianError('HL-7012', { file: keyFileIn(folder) }, { cause });
    throw cause;
  } finally {
    await rm(temporary, { force: true });
  }
  return stored;
}

/**
 * Reads a key.
 *
 * @throws HuilianError HL-7020 missing, HL-7022 readable by other users, HL-7023 damaged
 */
export async function loadKey(home: string, name: string): Promise<StoredKey> {
  const file = keyFileIn(keyFolder(home, name));
  try {
    const { mode } = await stat(file);
    // Windows keeps no such bits.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw new HuilianError('HL-7022', { file });
    return readKeyText(await readFile(file), name, file);
  } catch (cause) {
    if (hasCode(cause, 'ENOENT') || hasCode(cause, 'ENOTDIR'))
      throw new HuilianError('HL-7020', { name }, { cause });
    if (cause instanceof HuilianError) throw cause;
    throw new HuilianError('HL-7023', { file }, { cause });
  }
}

/** Names of the keys of a device, sorted. */
export async function listKeys(home: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(join(home, 'keys'), { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || !isKeyName(entry.name)) continue;
    const file = await stat(keyFileIn(keyFolder(home, entry.name))).catch(() => undefined);
    if (file) names.push(entry.name);
  }
  return names.sort();
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
