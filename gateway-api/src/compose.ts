import type { Request } from 'express';
import { HuilianError, type KeyRow } from '@huilian/core';
import { connect, type LedgerConnection } from '@huilian/fabric';
import { pino, type Logger } from 'pino';
import { createApp } from './app.js';
import { Authenticator } from './auth/authenticator.js';
import { devIssuer, devIssuerAllowed } from './auth/dev-issuer.js';
import { peopleOfIssuer, type ClaimMapping } from './auth/people.js';
import { tokenKey } from './auth/token-key.js';
import { Tokens } from './auth/tokens.js';
import type { Config } from './config.js';
import { listen } from './http/server.js';
import { Metrics } from './metrics.js';
import { readNetwork } from './network-file.js';
import { projectorMetrics } from './projector/index.js';
import { Projection } from './projection.js';
import { Readiness, type Check } from './readiness.js';
import { ledgerRecord } from './relay/ledger-record.js';
import { Relay } from './relay/relay.js';
import type { Services } from './services.js';
import { Streams } from './streams.js';

/** A gateway that serves. */
export interface Gateway {
  /** `http://host:port`. */
  readonly address: string;
  readonly port: number;
  readonly log: Logger;
  /** Finishes what is under way, closes streams, stops the projector. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Puts a gateway together and lets it listen. It starts although peers, chaincode or store are away; `/readyz` says so.
 *
 * @throws HuilianError HL-4060 for a fault in the configuration.
 */
export async function startGateway(
  config: Config,
  log: Logger = pino({ level: config.LOG_LEVEL }),
): Promise<Gateway> {
  const network = readNetwork(config);
  const key = await tokenKey(config.tokenKeyFile);
  const ledger = connect(network.connection);
  const metrics = new Metrics();
  const projecting = projectorMetrics(metrics.registry);
  const readModel = new Projection(config, network.ledger, ledger, log, projecting);
  const place = { port: config.PORT };
  const local = (): string =>
    `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${place.port}`;
  const mapping: ClaimMapping = {
    participantClaim: config.OIDC_PARTICIPANT_CLAIM,
    rolesClaim: config.OIDC_ROLES_CLAIM,
    oversightRole: config.OIDC_OVERSIGHT_ROLE,
  };
  const development = devIssuerAllowed(config)
    ? devIssuer(config, () => `${config.PUBLIC_URL ?? local()}/dev-issuer`, key, mapping)
    : undefined;
  const people =
    config.OIDC_ISSUER === undefined
      ? development?.people
      : peopleOfIssuer(config.OIDC_ISSUER, config.OIDC_AUDIENCE, mapping);
  const relay = new Relay(ledgerRecord(ledger, readModel), {
    inFlight: config.GROUPS_IN_FLIGHT,
    queued: config.QUEUED_BATCHES,
    waitMilliseconds: config.GROUP_WAIT_MS,
    observe: (...outcome) => {
      metrics.observeGroup(...outcome);
    },
  });
  const streams = new Streams(config.EVENT_STREAMS);
  const readiness = new Readiness(checks(config, ledger, readModel));
  const services: Services = {
    config,
    log,
    metrics,
    ledger,
    ledgerId: network.ledger,
    readModel,
    relay,
    authenticator: new Authenticator(
      new Tokens(key, config.TOKEN_SECONDS),
      people,
      readModel,
      (keyId) => keyOnLedger(ledger, keyId),
      () => Math.floor(Date.now() / 1000),
    ),
    readiness,
    streams,
    origin: (request: Request) =>
      config.PUBLIC_URL ?? `${request.protocol}://${request.get('host') ?? `${config.HOST}:${place.port}`}`,
    tokenAudiences: () => audiences(config, place.port),
  };
  gauges(metrics, services, readModel);
  const server = await listen(
    createApp(services, development?.router),
    config.HOST,
    config.PORT,
    config.BODY_BYTES,
  );
  place.port = server.port;
  readModel.start();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    readiness.stop();
    streams.stop();
    const closed = server.close(config.STOP_SECONDS);
    await relay.stop();
    await closed;
    await readModel.stop();
    ledger.close();
  };
  return { address: config.PUBLIC_URL ?? local(), port: server.port, log, stop: () => (stopped ??= stop()) };
}

async function keyOnLedger(ledger: LedgerConnection, keyId: string): Promise<KeyRow | undefined> {
  const row = await ledger.evaluate('Keys:get', [keyId]);
  return (JSON.parse(Buffer.from(row).toString()) as KeyRow | null) ?? undefined;
}

/** Without a public address only names of this machine count: a Host header is the client's word. */
function audiences(config: Config, port: number): readonly string[] {
  const origins =
    config.PUBLIC_URL === undefined
      ? ['127.0.0.1', 'localhost', '[::1]', config.HOST].map((host) => `http://${host}:${port}`)
      : [config.PUBLIC_URL];
  return origins.flatMap((origin) => [`${origin}/v1/token`, origin]);
}

function checks(config: Config, ledger: Services['ledger'], readModel: Projection): readonly Check[] {
  return [
    { name: 'peers', probe: async () => ({ height: await ledger.height() }) },
    {
      name: 'chaincode',
      probe: async () => {
        await ledger.evaluate('State:ledger', []);
        return {};
      },
    },
    { name: 'store', probe: () => readModel.probeStore() },
    {
      name: 'projector',
      probe: async () => {
        const { blocks } = await readModel.lag();
        if (readModel.fault?.code === 'HL-5020') throw readModel.fault;
        if (blocks === undefined) throw readModel.fault ?? new HuilianError('HL-5001');
        if (blocks > config.READY_LAG_BLOCKS) throw new HuilianError('HL-5023', { blocks });
        return { lagBlocks: blocks };
      },
    },
  ];
}

function gauges(metrics: Metrics, { relay, streams }: Services, readModel: Projection): void {
  metrics.gauge('huilian_batches_waiting', 'Batches that wait for a transaction.', () => relay.waiting);
  metrics.gauge('huilian_groups_in_flight', 'Transactions under way.', () => relay.inFlight);
  metrics.gauge('huilian_event_streams', 'Open event streams.', () => streams.size);
}
