import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { FabricBinaries } from './binaries.js';
import { writeWhole } from './files.js';
import type { Home } from './home.js';
import { type Credential, issueClient, issueTls, newAuthority } from './issue.js';
import { run } from './run.js';
import { localhost, loopback, type OrganisationPlan, type OrdererPlan, type Topology } from './topology.js';

/** Where the files of one organisation, as cryptogen lays them out, are. */
export class Paths {
  constructor(
    private readonly home: Home,
    private readonly plan: Topology,
  ) {}

  organisation(domain: string): string {
    const kind =
      domain === this.plan.orderingOrganisation.domain ? 'ordererOrganizations' : 'peerOrganizations';
    return path.join(this.home.crypto, 'fabric', kind, domain);
  }
  msp(domain: string): string {
    return path.join(this.organisation(domain), 'msp');
  }
  adminMsp(domain: string): string {
    return path.join(this.organisation(domain), 'users', `Admin@${domain}`, 'msp');
  }
  adminTls(domain: string): string {
    return path.join(this.organisation(domain), 'users', `Admin@${domain}`, 'tls');
  }
  tlsCa(domain: string): string {
    return path.join(this.organisation(domain), 'tlsca', `tlsca.${domain}-cert.pem`);
  }
  ca(domain: string): string {
    return path.join(this.organisation(domain), 'ca', `ca.${domain}-cert.pem`);
  }
  peer(organisation: OrganisationPlan): string {
    return path.join(this.organisation(organisation.domain), 'peers', organisation.peer.host);
  }
  orderer(orderer: OrdererPlan): string {
    return path.join(this.organisation(this.plan.orderingOrganisation.domain), 'orderers', orderer.host);
  }
  ordererCertificate(orderer: OrdererPlan): string {
    return path.join(this.orderer(orderer), 'msp', 'signcerts', `${orderer.host}-cert.pem`);
  }
  /** A client identity issued here: `cert.pem` and `key.pem`. */
  client(mspId: string, name: string): { readonly cert: string; readonly key: string } {
    const directory = path.join(this.home.crypto, 'clients', mspId, name);
    return { cert: path.join(directory, 'cert.pem'), key: path.join(directory, 'key.pem') };
  }
  clients(mspId: string): string {
    return path.join(this.home.crypto, 'clients', mspId);
  }
  /** TLS between the peers and the chaincode. */
  chaincodeTls(name: string): { readonly cert: string; readonly key: string } {
    const directory = path.join(this.home.crypto, 'chaincode');
    return { cert: path.join(directory, `${name}.pem`), key: path.join(directory, `${name}.key`) };
  }
}

/**
 * Makes every certificate of a new network, or none. Does nothing when they are there.
 * @param onStart called when there is something to make
 */
export async function makeIdentities(
  home: Home,
  plan: Topology,
  binaries: FabricBinaries,
  onStart: () => void,
): Promise<void> {
  const paths = new Paths(home, plan);
  const done = path.join(home.crypto, 'complete');
  if ((await readFile(done, 'utf8').catch(() => '')) !== '') return;
  onStart();
  await rm(home.crypto, { recursive: true, force: true });
  await mkdir(home.crypto, { recursive: true, mode: 0o700 });
  const config = path.join(home.crypto, 'cryptogen.yaml');
  const temporary = path.join(home.crypto, 'fabric.tmp');
  await writeWhole(config, stringify(cryptogenConfig(plan)));
  await run(binaries('cryptogen'), ['generate', `--config=${config}`, `--output=${temporary}`]);
  await rename(temporary, path.join(home.crypto, 'fabric'));
  await Promise.all([
    ...plan.organisations.flatMap((organisation) =>
      organisation.roles.map((role) => enrolClient(paths, organisation, role, { role })),
    ),
    makeChaincodeTls(paths, plan),
  ]);
  await writeWhole(done, 'yes\n');
}

/** Issues a client identity with attributes and stores it. */
export async function enrolClient(
  paths: Paths,
  organisation: OrganisationPlan,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<{ readonly cert: string; readonly key: string }> {
  const credential = await issueClient(await authorityOf(paths, organisation.domain), name, attributes);
  const files = paths.client(organisation.mspId, name);
  await store(files, credential);
  return files;
}

async function makeChaincodeTls(paths: Paths, plan: Topology): Promise<void> {
  const authority = await newAuthority('chaincode-tls.huilian.example');
  await store(paths.chaincodeTls('authority'), authority);
  await store(paths.chaincodeTls('server'), await issueTls(authority, 'chaincode.huilian.example', 'server'));
  for (const { peer } of plan.organisations) {
    await store(paths.chaincodeTls(peer.id), await issueTls(authority, peer.host, 'client'));
  }
}

async function authorityOf(paths: Paths, domain: string): Promise<Credential> {
  const directory = path.dirname(paths.ca(domain));
  const keyFile = readdirSync(directory).find((name) => name.endsWith('_sk'));
  if (keyFile === undefined) throw new TypeError(`no key of the authority in ${directory}`);
  return {
    certificate: await readFile(paths.ca(domain), 'utf8'),
    privateKey: await readFile(path.join(directory, keyFile), 'utf8'),
  };
}

async function store(
  files: { readonly cert: string; readonly key: string },
  credential: Credential,
): Promise<void> {
  await writeWhole(files.key, credential.privateKey, 0o600);
  await writeWhole(files.cert, credential.certificate);
}

function cryptogenConfig(plan: Topology): unknown {
  const node = (host: string): unknown => ({
    Hostname: host.split('.')[0],
    CommonName: host,
    SANS: [localhost, loopback],
  });
  return {
    OrdererOrgs: [
      {
        Name: plan.orderingOrganisation.mspId,
        Domain: plan.orderingOrganisation.domain,
        EnableNodeOUs: true,
        Specs: plan.orderers.map((orderer) => node(orderer.host)),
      },
    ],
    PeerOrgs: plan.organisations.map((organisation) => ({
      Name: organisation.mspId,
      Domain: organisation.domain,
      EnableNodeOUs: true,
      Specs: [node(organisation.peer.host)],
      Users: { Count: 0 },
    })),
  };
}
