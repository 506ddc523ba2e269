import { join } from 'node:path';
import { HuilianError } from '@huilian/core';

const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/;

/**
 * Folder of a key: the key, its queue and the queue's mark lie together, so that a backup takes all of them or none.
 *
 * @param home folder of the device
 * @throws HuilianError HL-7031 for a name that is not one of a folder
 */
export function keyFolder(home: string, name: string): string {
  if (!nameForm.test(name))
    throw new HuilianError('HL-7031', { option: '--key', reason: 'letters, digits, . _ -' });
  return join(home, 'keys', name);
}

/** True for a name that {@link keyFolder} takes. */
export function isKeyName(name: string): boolean {
  return nameForm.test(name);
}

export const keyFileIn = (folder: string): string => join(folder, 'key.json');
