/** How blocks are ordered: one Raft orderer, or four SmartBFT orderers of which one may lie. */
export type Ordering = 'raft' | 'bft';

export interface PeerPlan {
  /** Name of the process, of its data and of its log. */
  readonly id: string;
  /** Name in its certificates. */
  readonly host: string;
  readonly port: number;
  /** Where chaincode that is not a service would call; Fabric opens it in any case. */
  readonly chaincodePort: number;
  readonly operationsPort: number;
}

export interface OrdererPlan {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly operationsPort: number;
}

export interface OrganisationPlan {
  readonly mspId: string;
  readonly domain: string;
  readonly peer: PeerPlan;
  /** Client identities that every network has, named by their role. */
  readonly roles: readonly string[];
}

/** The one description of a network. Everything else (configuration, certificates, commands) is derived from it. */
export interface Topology {
  readonly channel: string;
  readonly chaincode: string;
  readonly ordering: Ordering;
  readonly organisations: readonly OrganisationPlan[];
  readonly orderingOrganisation: { readonly mspId: string; readonly domain: string };
  readonly orderers: readonly OrdererPlan[];
  /** Two, so that a new chaincode version runs before the old one stops. */
  readonly chaincodePorts: readonly [number, number];
}

/** The first port of a network when nothing else is asked for. */
export const defaultBasePort = 7050;

/** Ports that one network may use: `basePort` to `basePort + portsPerNetwork - 1`. */
export const portsPerNetwork = 30;

const portsPerNode = 3;
const firstOrderer = 0;
const firstPeer = 12;
const firstChaincode = 24;

/** Lives on this machine alone: everything listens on the loopback interface. */
export const loopback = '127.0.0.1';
export const localhost = 'localhost';

/**
 * Two paid parties must not write alone: Oversight and one other sign every transaction and every chaincode definition.
 * @param role The role in the certificate: `peer` for endorsements, `admin` for changes of the channel.
 */
export function oversightAndOneOther(role: 'peer' | 'admin'): string {
  return `AND('OversightMSP.${role}', OR('RecyclingMSP.${role}', 'AftermarketMSP.${role}'))`;
}

/** The default network on the ports from `basePort` on. */
export function topology(
  options: { readonly ordering?: Ordering; readonly basePort?: number } = {},
): Topology {
  const ordering = options.ordering ?? 'raft';
  const basePort = options.basePort ?? defaultBasePort;
  const names = [
    { name: 'recycling', mspId: 'RecyclingMSP', roles: ['gateway', 'administrator'] },
    { name: 'aftermarket', mspId: 'AftermarketMSP', roles: ['gateway', 'administrator'] },
    { name: 'oversight', mspId: 'OversightMSP', roles: ['gateway', 'administrator', 'auditor'] },
  ];
  return {
    channel: 'lifecycle',
    chaincode: 'huilian',
    ordering,
    organisations: names.map(({ name, mspId, roles }, index) => ({
      mspId,
      domain: `${name}.huilian.example`,
      roles,
      peer: peerPlan(name, basePort + firstPeer + index * portsPerNode),
    })),
    orderingOrganisation: { mspId: 'OrderingMSP', domain: 'ordering.huilian.example' },
    orderers: Array.from({ length: ordering === 'bft' ? 4 : 1 }, (_, index) =>
      ordererPlan(index + 1, basePort + firstOrderer + index * portsPerNode),
    ),
    chaincodePorts: [basePort + firstChaincode, basePort + firstChaincode + 1],
  };
}

/** Every port of a topology. */
export function portsOf(plan: Topology): number[] {
  return [
    ...plan.orderers.flatMap((orderer) => [orderer.port, orderer.adminPort, orderer.operationsPort]),
    ...plan.organisations.flatMap(({ peer }) => [peer.port, peer.chaincodePort, peer.operationsPort]),
    ...plan.chaincodePorts,
  ];
}

function peerPlan(organisation: string, port: number): PeerPlan {
  return {
    id: `peer-${organisation}`,
    host: `peer0.${organisation}.huilian.example`,
    port,
    chaincodePort: port + 1,
    operationsPort: port + 2,
  };
}

function ordererPlan(number: number, port: number): OrdererPlan {
  return {
    id: `orderer-${number}`,
    host: `orderer${number}.ordering.huilian.example`,
    port,
    adminPort: port + 1,
    operationsPort: port + 2,
  };
}
