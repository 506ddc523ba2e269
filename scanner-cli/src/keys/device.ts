import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HuilianError, parseBounded, parseTrustBundle, type TrustBundle } from '@huilian/core';
import { Queue } from '../queue/index.js';
import { generateKey, readKey, writeKey, type DeviceKey } from './key-file.js';

/** Folder of a key, and where the trust bundle is taken from when it is made. */
export interface DevicePlace {
  readonly directory: string;
  /** Told when a copy of the queue was mended. */
  readonly mended?: (file: string, kept: string) => void;
}

/** One key of this machine with what belongs to it: the pinned trust bundle and the queue of its lane. */
export interface Device extends DeviceKey {
  readonly directory: string;
  readonly trust: TrustBundle;
  readonly queue: Queue;
}

const KEY = 'key.json';
const TRUST = 'trust.json';

/**
 * Opens the key in a folder.
 *
 * @throws HuilianError HL-7020, HL-7022, HL-7023 for the key, HL-7024 without a trust bundle, HL-6001 for a malformed one
 */
export function openDevice({ directory, mended }: DevicePlace): Device {
  const key = readKey(join(directory, KEY));
  const trust = readTrust(join(directory, TRUST));
  const signer = { ledger: trust.ledger, keyId: key.keyId, key: key.key };
  const queue = new Queue(directory, signer, mended ? { mended } : {});
  return { ...key, directory, trust, queue };
}

/**
 * Makes a key in a folder and pins the trust bundle beside it: from now on only what it names is believed.
 *
 * @param trustFile a bundle from a source that the user trusts
 * @throws HuilianError HL-7021 when there is a key, HL-7024 or HL-6001 for the bundle
 */
export function makeDevice(place: DevicePlace, trustFile: string, owner: string | undefined): Device {
  readTrust(trustFile);
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  if (existsSync(join(place.directory, KEY))) throw new HuilianError('HL-7021', { file: join(place.directory, KEY) });
  copyFileSync(trustFile, join(place.directory, TRUST));
  writeKey(join(place.directory, KEY), generateKey(), owner);
  return openDevice(place);
}

/** @throws HuilianError HL-7024 when it is not there, HL-6001 or HL-1xxx when it is malformed */
export function readTrust(file: string): TrustBundle {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new HuilianError('HL-7024', { file }, { cause });
  }
  return parseTrustBundle(parseBounded(bytes));
}
