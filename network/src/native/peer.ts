import path from 'node:path';
import { workspace, type Home } from '../home.js';
import type { Paths } from '../identities.js';
import { localhost, loopback, type OrganisationPlan } from '../topology.js';

/** The file `core.yaml` of one peer. */
export function peerConfig(home: Home, paths: Paths, organisation: OrganisationPlan): unknown {
  const { peer } = organisation;
  const tls = path.join(paths.peer(organisation), 'tls');
  const address = `${localhost}:${peer.port}`;
  return {
    peer: {
      id: peer.host,
      networkId: 'huilian',
      listenAddress: `${loopback}:${peer.port}`,
      chaincodeListenAddress: `${loopback}:${peer.chaincodePort}`,
      address,
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '10s' },
      keepalive: {
        interval: '7200s',
        timeout: '20s',
        minInterval: '10s',
        client: { interval: '60s', timeout: '20s' },
        deliveryClient: { interval: '60s', timeout: '20s' },
      },
      gossip: gossip(address),
      tls: {
        enabled: true,
        clientAuthRequired: false,
        cert: { file: path.join(tls, 'server.crt') },
        key: { file: path.join(tls, 'server.key') },
        rootcert: { file: path.join(tls, 'ca.crt') },
      },
      authentication: { timewindow: '15m' },
      fileSystemPath: home.data(peer.id),
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      mspConfigPath: path.join(paths.peer(organisation), 'msp'),
      localMspId: organisation.mspId,
      localMspType: 'bccsp',
      client: { connTimeout: '3s' },
      deliveryclient: {
        blockGossipEnabled: false,
        reconnectTotalTimeThreshold: '3600s',
        connTimeout: '3s',
        // The longest pause between two tries: an orderer that comes back is found within two seconds.
        reConnectBackoffThreshold: '2s',
        minimalReconnectInterval: '100ms',
        policy: 'cluster',
      },
      profile: { enabled: false },
      handlers: {
        authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }, { name: 'TimeWindowCheck' }],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      discovery: {
        enabled: true,
        authCacheEnabled: true,
        authCacheMaxSize: 1_000,
        authCachePurgeRetentionRatio: 0.75,
        orgMembersAllowedAccess: false,
      },
      limits: { concurrency: { endorserService: 2_500, deliverService: 2_500, gatewayService: 500 } },
      maxRecvMsgSize: 104_857_600,
      maxSendMsgSize: 104_857_600,
    },
    // No Docker: chaincode comes as a service through the external builder.
    vm: { endpoint: '' },
    chaincode: chaincode(),
    ledger: {
      // What happened to an item is in the blocks and in the read models; the index would only cost.
      history: { enableHistoryDatabase: false },
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
      snapshots: { rootDir: path.join(home.data(peer.id), 'snapshots') },
    },
    operations: { listenAddress: `${loopback}:${peer.operationsPort}`, tls: { enabled: false } },
    metrics: { provider: 'prometheus' },
  };
}

/** Short intervals: a network of three that starts in seconds. */
function gossip(address: string): unknown {
  return {
    bootstrap: address,
    endpoint: address,
    externalEndpoint: address,
    useLeaderElection: false,
    orgLeader: true,
    membershipTrackerInterval: '1s',
    aliveTimeInterval: '1s',
    aliveExpirationTimeout: '10s',
    reconnectInterval: '2s',
    publishStateInfoInterval: '1s',
    requestStateInfoInterval: '1s',
    publishCertPeriod: '10s',
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    pvtData: {
      pullRetryThreshold: '60s',
      transientstoreMaxBlockRetention: 20_000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      reconcileBatchSize: 10,
      reconcileSleepInterval: '1m',
      reconciliationEnabled: true,
      // A definition's approval is private data of its organisation; nobody else holds it.
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
    state: { enabled: false },
  };
}

function chaincode(): unknown {
  return {
    externalBuilders: [
      { name: 'ccaas', path: path.join(workspace, 'builder'), propagateEnvironment: ['HUILIAN_CONNECTIONS'] },
    ],
    installTimeout: '60s',
    startuptimeout: '10s',
    executetimeout: '30s',
    mode: 'net',
    // Above zero, the Node runtime of chaincode would exit.
    keepalive: 0,
    system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
    logging: { level: 'info', shim: 'warning' },
    runtimeParams: {
      useWriteBatch: true,
      maxSizeWriteBatch: 1_000,
      useGetMultipleKeys: true,
      maxSizeGetMultipleKeys: 1_000,
    },
  };
}
