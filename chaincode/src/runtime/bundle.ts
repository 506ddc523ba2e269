import { readFileSync } from 'node:fs';

/**
 * Refuses to run another bundle than the one that the organisations approved: every endorsement repeats the
 * definition's version, and the version holds the digest of the bundle.
 *
 * @param file `bundle.json` beside the bundle
 * @throws Error when the versions differ
 */
export function checkBundle(file: string, approved: string): void {
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  if (version !== approved)
    throw new Error(`this bundle is ${version}, the organisations approved ${approved}`);
}
