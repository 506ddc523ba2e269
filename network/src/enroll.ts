import { existsSync } from 'node:fs';
import { HuilianError } from '@huilian/core';
import { describeNetwork, type IdentityFiles } from './description.js';
import { Home } from './home.js';
import { enrolClient, Paths } from './identities.js';
import { exclusively } from './lock.js';
import { planOf, readSettings } from './settings.js';

/**
 * What the attribute `role` of a certificate may be. A `gateway` hands in batches, an `administrator` registers the first
 * keys of its organisation, too (`core/src/admin/bootstrap.ts`); an `auditor` reads.
 */
export const certificateRoles = ['gateway', 'administrator', 'auditor'] as const;

export type CertificateRole = (typeof certificateRoles)[number];

export interface EnrollOptions {
  readonly home?: string;
  readonly mspId: string;
  /** Name of the identity: its CN and its folder. */
  readonly name: string;
  readonly role: CertificateRole;
  /** Further attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Issue a new certificate and key for a name that has one. */
  readonly renew?: boolean;
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * Issues a client identity of an organisation and adds it to `network.json`. The network need not run.
 * @throws HL-8017 without a network, HL-8021 for an unknown organisation, HL-8022 for a name that is malformed or taken
 */
export async function enroll(options: EnrollOptions): Promise<IdentityFiles> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  if (!namePattern.test(options.name)) throw new HuilianError('HL-8022', { name: options.name });
  return exclusively(home, async () => {
    const settings = await readSettings(home);
    if (settings === undefined || !existsSync(home.genesisBlock))
      throw new HuilianError('HL-8017', { home: home.root });
    const plan = planOf(settings);
    const organisation = plan.organisations.find(({ mspId }) => mspId === options.mspId);
    if (organisation === undefined) throw new HuilianError('HL-8021', { mspId: options.mspId });
    const paths = new Paths(home, plan);
    const taken = existsSync(paths.client(options.mspId, options.name).cert);
    if (taken && options.renew !== true) throw new HuilianError('HL-8022', { name: options.name });
    const files = await enrolClient(paths, organisation, options.name, {
      ...options.attributes,
      role: options.role,
    });
    await describeNetwork(home, settings);
    return files;
  });
}
