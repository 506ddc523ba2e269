import { readFileSync } from 'node:fs';
import { HuilianError } from '@huilian/core';
import type { ConnectionOptions } from '@huilian/fabric';
import { z } from 'zod';
import type { Config } from './config.js';

const identity = z.object({ cert: z.string(), key: z.string() });

/** What the gateway reads of `network.json`; paths are absolute. */
const network = z.object({
  version: z.literal(1),
  channel: z.string(),
  chaincode: z.string(),
  ledger: z.string().regex(/^[0-9a-f]{64}$/),
  organisations: z
    .array(
      z.object({
        mspId: z.string(),
        peer: z.object({ address: z.string(), hostOverride: z.string().optional(), tlsCa: z.string() }),
        identities: z.record(z.string(), identity),
      }),
    )
    .min(1),
  ordering: z.enum(['raft', 'bft']).default('raft'),
  orderers: z.array(z.object({ address: z.string() })).default([]),
});

/** Who orders transactions, as far as a gateway must know it to say whether anything can be recorded. */
export interface OrderingService {
  /** `host:port` of each orderer; empty when the network file does not name them. */
  readonly addresses: readonly string[];
  /** How many of them must work. */
  readonly needed: number;
}

interface Network {
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledger: string;
  readonly ordering: OrderingService;
  readonly connection: ConnectionOptions;
}

/**
 * Reads which network there is and with which identity the gateway speaks to it. The own organisation's peer comes first, the
 * others follow for when it is away.
 *
 * @throws HuilianError HL-4060 when the file, the organisation or its identity is missing.
 */
export function readNetwork(config: Config): Network {
  const description = parse(readText('NETWORK_FILE', config.networkFile));
  const own = description.organisations.find(({ mspId }) => mspId === config.FABRIC_ORGANISATION);
  if (own === undefined)
    throw fault('FABRIC_ORGANISATION', `${config.FABRIC_ORGANISATION} is not in the network file`);
  const files = identityOf(config, own.identities['gateway']);
  const others = description.organisations.filter((organisation) => organisation !== own);
  return {
    ledger: description.ledger,
    ordering: orderingOf(description),
    connection: {
      channel: description.channel,
      chaincode: description.chaincode,
      identity: { mspId: own.mspId, cert: readText('FABRIC_CERT_FILE', files.cert) },
      key: readText('FABRIC_KEY_FILE', files.key),
      peers: [own, ...others].map(({ peer }) => ({
        address: peer.address,
        tlsCa: readText('NETWORK_FILE', peer.tlsCa),
        ...(peer.hostOverride === undefined ? {} : { hostOverride: peer.hostOverride }),
      })),
    },
  };
}

/** Raft goes on with a majority, SmartBFT with more than two thirds. */
function orderingOf({ ordering, orderers }: z.output<typeof network>): OrderingService {
  const { length } = orderers;
  const mayFail = Math.max(0, Math.floor((length - 1) / (ordering === 'bft' ? 3 : 2)));
  return { addresses: orderers.map(({ address }) => address), needed: length - mayFail };
}

function parse(text: string): z.output<typeof network> {
  try {
    return network.parse(JSON.parse(text));
  } catch (error) {
    throw fault('NETWORK_FILE', 'is not a description of a network', error);
  }
}

function identityOf(config: Config, named: z.output<typeof identity> | undefined): z.output<typeof identity> {
  const { FABRIC_CERT_FILE: cert, FABRIC_KEY_FILE: key } = config;
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (named === undefined)
    throw fault('FABRIC_ORGANISATION', 'has no identity "gateway" in the network file');
  return named;
}

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fault(variable, `cannot read ${file}`, error);
  }
}

function fault(variable: string, what: string, cause?: unknown): HuilianError {
  return new HuilianError('HL-4060', { [variable]: what }, { cause });
}
