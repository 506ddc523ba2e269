import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Refuses to run another bundle than the one that the organisations approved: every endorsement repeats the
 * definition's version, and the version ends with the SHA-256 of the bundle.
 *
 * @param file the bundle that runs
 * @param approved `semver+sha256.<hex>`
 * @throws Error when the digests differ
 */
export function checkBundle(file: string, approved: string): void {
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (!approved.endsWith(`+sha256.${digest}`)) {
    throw new Error(`this bundle is sha256.${digest}, the organisations approved ${approved}`);
  }
}
