import type { Request } from 'express';
import type { LedgerConnection } from '@huilian/fabric';
import { connect } from '@huilian/fabric';
import type { KeyRow } from '@huilian/core';
import { pino, type Logger } from 'pino';
import { createApp } from './app.js';
import { Authenticator } from './auth/authenticator.js';
import type { Caller } from './auth/caller.js';
import { devIssuer, devIssuerAllowed, type DevIssuer } from './auth/dev-issuer.js';
import { peopleOfIssuer, type ClaimMapping, type People } from './auth/people.js';
import { tokenKey, type TokenKey } from './auth/token-key.js';
import { Tokens } from './auth/tokens.js';
import { checksOf } from './checks.js';
import type { Config } from './config.js';
import { listen, type Listening } from './http/server.js';
import { Metrics } from './metrics.js';
import { readNetwork, type OrderingService } from './network-file.js';
import { Projection } from './projection.js';
import { projectorMetrics } from './projector/index.js';
import { Readiness, type ReadinessReport } from './readiness.js';
import { recordingChecks, Submissions } from './recording.js';
import { SignerKeys } from './relay/keys.js';
import { ledgerRecord } from './relay/ledger-record.js';
import type { RecordGroup } from './relay/outcome.js';
import { Relay } from './relay/relay.js';
import type { Services } from './services.js';
import { Streams } from './streams.js';
import { webhooksOf } from './webhooks/setup.js';
import { Whereabouts } from './whereabouts.js';

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
  const { connection, ...network } = readNetwork(config);
  return await serveLedger(config, { ...network, connect: () => connect(connection) }, log);
}

/** The ledger that a gateway stands in front of. */
export interface ServedLedger {
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledger: string;
  readonly ordering: OrderingService;
  readonly connect: () => LedgerConnection;
}

/** {@link startGateway} in front of any ledger, such as one without a network. */
export async function serveLedger(config: Config, network: ServedLedger, log: Logger): Promise<Gateway> {
  const key = await tokenKey(config.tokenKeyFile);
  const ledger = network.connect();
  const metrics = new Metrics();
  const readModel = new Projection(config, network.ledger, ledger, log, projectorMetrics(metrics.registry));
  const whereabouts = new Whereabouts(config);
  const development = developmentIssuer(config, key, whereabouts);
  const people = peopleOf(config, development);
  const submissions = new Submissions();
  const checks = recordingChecks(ledger, network.ordering, submissions);
  const authenticator = authenticatorOf(config, key, people, readModel, ledger);
  const standing = (caller: Caller): Promise<void> => authenticator.requireStanding(caller);
  const services: Services = {
    config,
    log,
    metrics,
    ledger,
    ledgerId: network.ledger,
    readModel,
    signerKeys: new SignerKeys(readModel, (keyId) => keyOnLedger(ledger, keyId)),
    relay: relayTo(submissions.watch(ledgerRecord(ledger, readModel)), readModel, config, metrics),
    authenticator,
    readiness: new Readiness(checksOf(config, ledger, readModel, checks), (report) => {
      tellReadiness(log, report);
    }),
    streams: new Streams(config.EVENT_STREAMS),
    webhooks: webhooksOf({
      config,
      key,
      ledgerId: network.ledger,
      ledger,
      readModel,
      standing,
      metrics,
      log,
    }),
    origin: (request: Request) => whereabouts.origin(request),
    tokenAudiences: () => whereabouts.tokenAudiences(),
  };
  watch(services);
  const app = createApp(services, development?.router);
  const server = await listen(app, config.HOST, config.PORT, config.BODY_BYTES);
  whereabouts.port = server.port;
  readModel.start();
  services.webhooks.start();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopInOrder(services, server, readModel));
  return { address: whereabouts.address, port: server.port, log, stop };
}

/** Says that it is not ready, ends streams, settles what is under way, and only then lets go of store and ledger. */
async function stopInOrder(services: Services, server: Listening, readModel: Projection): Promise<void> {
  services.readiness.stop();
  services.streams.stop();
  const closed = server.close(services.config.STOP_SECONDS);
  await Promise.all([services.relay.stop(), services.webhooks.stop()]);
  await closed;
  await readModel.stop();
  services.ledger.close();
}

/** One line when it changes, instead of one for everybody who asks. */
function tellReadiness(log: Logger, { ready, checks }: ReadinessReport): void {
  if (ready) log.info('ready');
  else log.warn({ missing: checks.filter((check) => !check.ready) }, 'not ready');
}

function relayTo(record: RecordGroup, readModel: Projection, config: Config, metrics: Metrics): Relay {
  return new Relay(record, {
    inFlight: config.GROUPS_IN_FLIGHT,
    groupEvents: config.GROUP_EVENTS,
    queued: config.QUEUED_BATCHES,
    queuedBytes: config.QUEUED_BYTES,
    waitMilliseconds: config.GROUP_WAIT_MS,
    behind: { most: config.READ_MODEL_BEHIND_MS, now: () => readModel.behind },
    observe: (...outcome) => {
      metrics.observeGroup(...outcome);
    },
  });
}

function authenticatorOf(
  config: Config,
  key: TokenKey,
  people: People | undefined,
  readModel: Projection,
  ledger: LedgerConnection,
): Authenticator {
  const onLedger = (keyId: string): Promise<KeyRow | undefined> => keyOnLedger(ledger, keyId);
  const now = (): number => Math.floor(Date.now() / 1000);
  return new Authenticator(new Tokens(key, config.TOKEN_SECONDS), people, readModel, onLedger, now);
}

/** A key as the gateway's peer has it now, which may be before the read model has it. */
async function keyOnLedger(ledger: LedgerConnection, keyId: string): Promise<KeyRow | undefined> {
  const row = await ledger.evaluate('Keys:get', [keyId]);
  return (JSON.parse(Buffer.from(row).toString()) as KeyRow | null) ?? undefined;
}

function mappingOf(config: Config): ClaimMapping {
  return {
    participantClaim: config.OIDC_PARTICIPANT_CLAIM,
    rolesClaim: config.OIDC_ROLES_CLAIM,
    oversightRole: config.OIDC_OVERSIGHT_ROLE,
  };
}

function developmentIssuer(config: Config, key: TokenKey, whereabouts: Whereabouts): DevIssuer | undefined {
  if (!devIssuerAllowed(config)) return undefined;
  return devIssuer(config, () => `${whereabouts.address}/dev-issuer`, key, mappingOf(config));
}

function peopleOf(config: Config, development: DevIssuer | undefined): People | undefined {
  if (config.OIDC_ISSUER === undefined) return development?.people;
  return peopleOfIssuer(config.OIDC_ISSUER, config.OIDC_AUDIENCE, mappingOf(config));
}

function watch({ metrics, relay, streams }: Services): void {
  metrics.gauge('huilian_batches_waiting', 'Batches that wait for a transaction.', () => relay.waiting);
  metrics.gauge('huilian_bytes_waiting', 'Bytes of those batches.', () => relay.waitingBytes);
  metrics.gauge('huilian_groups_in_flight', 'Transactions under way.', () => relay.inFlight);
  metrics.gauge(
    'huilian_groups_in_flight_limit',
    'Transactions that may be under way at once now.',
    () => relay.mostInFlight,
  );
  metrics.gauge('huilian_event_streams', 'Open event streams.', () => streams.size);
}
