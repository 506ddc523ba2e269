import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { HuilianError, type TrustBundle } from '@huilian/core';
import { ledgerOf } from './channel.js';
import { readIfThere, writeJson } from './files.js';
import type { Home } from './home.js';
import { Paths } from './identities.js';
import type { Settings } from './settings.js';
import { planOf } from './settings.js';
import { localhost, loopback, type Ordering } from './topology.js';

/** The organisation without which nothing is written. */
export const required = 'OversightMSP';

/** Files of an identity; paths are absolute. */
export interface IdentityFiles {
  readonly cert: string;
  readonly key: string;
}

export interface OrganisationDescription {
  readonly mspId: string;
  readonly peer: {
    readonly id: string;
    readonly address: string;
    readonly hostOverride: string;
    /** Path of the PEM of the TLS authority. */
    readonly tlsCa: string;
  };
  readonly operations: string;
  /** By name: `gateway`, `administrator`, `auditor` and whatever was enrolled since. */
  readonly identities: Readonly<Record<string, IdentityFiles>>;
}

export interface OrdererDescription {
  readonly id: string;
  readonly address: string;
  readonly hostOverride: string;
  readonly tlsCa: string;
  readonly operations: string;
}

/** What runs where: the file `network.json`. */
export interface NetworkDescription {
  readonly version: 1;
  readonly channel: string;
  readonly chaincode: string;
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledger: string;
  readonly genesisBlock: string;
  readonly ordering: Ordering;
  readonly organisations: readonly OrganisationDescription[];
  readonly orderers: readonly OrdererDescription[];
  readonly chaincodeVersion: string;
}

/**
 * Reads `network.json`.
 * @throws HL-8017 when there is no network in this home
 */
export async function readDescription(home: Home): Promise<NetworkDescription> {
  const text = await readIfThere(home.description);
  if (text === undefined) throw new HuilianError('HL-8017', { home: home.root });
  return JSON.parse(text) as NetworkDescription;
}

/**
 * Writes `network.json` from the settings and what lies on disk, and `trust.json`: what a device pins when its key is
 * made.
 */
export async function describeNetwork(home: Home, settings: Settings): Promise<NetworkDescription> {
  const plan = planOf(settings);
  const paths = new Paths(home, plan);
  const ledger = await ledgerOf(home.genesisBlock);
  const description: NetworkDescription = {
    version: 1,
    channel: plan.channel,
    chaincode: plan.chaincode,
    ledger,
    genesisBlock: home.genesisBlock,
    ordering: plan.ordering,
    organisations: plan.organisations.map(({ mspId, domain, peer }) => ({
      mspId,
      peer: {
        id: peer.id,
        address: `${localhost}:${peer.port}`,
        hostOverride: peer.host,
        tlsCa: paths.tlsCa(domain),
      },
      operations: `http://${loopback}:${peer.operationsPort}`,
      identities: Object.fromEntries(
        readdirSync(paths.clients(mspId)).map((name) => [name, paths.client(mspId, name)]),
      ),
    })),
    orderers: plan.orderers.map((orderer) => ({
      id: orderer.id,
      address: `${localhost}:${orderer.port}`,
      hostOverride: orderer.host,
      tlsCa: paths.tlsCa(plan.orderingOrganisation.domain),
      operations: `http://${loopback}:${orderer.operationsPort}`,
    })),
    chaincodeVersion: settings.deployed?.version ?? '',
  };
  const trust: TrustBundle = {
    kind: 'huilian.trust',
    version: 1,
    ledger,
    channel: plan.channel,
    chaincode: plan.chaincode,
    organisations: await Promise.all(
      plan.organisations.map(async ({ mspId, domain }) => ({
        mspId,
        roots: [await readFile(paths.ca(domain), 'utf8')],
        intermediates: [],
      })),
    ),
    required,
  };
  await writeJson(home.trust, trust);
  await writeJson(home.description, description);
  return description;
}
