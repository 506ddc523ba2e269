import path from 'node:path';
import type { Home } from '../home.js';
import type { Paths } from '../identities.js';
import { loopback, type OrdererPlan, type Topology } from '../topology.js';

/** The file `orderer.yaml` of one orderer. */
export function ordererConfig(home: Home, paths: Paths, plan: Topology, orderer: OrdererPlan): unknown {
  const data = home.data(orderer.id);
  const tls = path.join(paths.orderer(orderer), 'tls');
  const files = { Certificate: path.join(tls, 'server.crt'), PrivateKey: path.join(tls, 'server.key') };
  const authority = path.join(tls, 'ca.crt');
  return {
    General: {
      ListenAddress: loopback,
      ListenPort: orderer.port,
      TLS: { Enabled: true, ...files, RootCAs: [authority], ClientAuthRequired: false },
      Keepalive: { ServerMinInterval: '10s', ServerInterval: '7200s', ServerTimeout: '20s' },
      Backoff: { BaseDelay: '100ms', Multiplier: 1.6, MaxDelay: '2s' },
      MaxRecvMsgSize: 104_857_600,
      MaxSendMsgSize: 104_857_600,
      Cluster: {
        SendBufferSize: 100,
        ClientCertificate: files.Certificate,
        ClientPrivateKey: files.PrivateKey,
        RootCAs: [authority],
      },
      BootstrapMethod: 'none',
      LocalMSPDir: path.join(paths.orderer(orderer), 'msp'),
      LocalMSPID: plan.orderingOrganisation.mspId,
      Profile: { Enabled: false },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: data },
    Operations: { ListenAddress: `${loopback}:${orderer.operationsPort}`, TLS: { Enabled: false } },
    Metrics: { Provider: 'prometheus' },
    Admin: {
      ListenAddress: `${loopback}:${orderer.adminPort}`,
      TLS: {
        Enabled: true,
        ...files,
        RootCAs: [authority],
        ClientAuthRequired: true,
        ClientRootCAs: [authority],
      },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Consensus: { WALDir: path.join(data, 'wal'), SnapDir: path.join(data, 'snapshots') },
  };
}
