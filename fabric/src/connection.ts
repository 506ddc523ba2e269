import { isIP } from 'node:net';
import { Client, credentials } from '@grpc/grpc-js';
import { connect as connectGateway, hash, type Gateway, type Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway as gatewayProtos, peer as peerProtos } from '@hyperledger/fabric-protos';
import { decodeBlock, validationCodeName } from './block.js';
import { parseEndorserTransaction, transactionOfEnvelope, type EndorsedResponse } from './envelope.js';
import { invalidTransaction, isDisagreement, ledgerError, LedgerError } from './errors.js';
import { asBuffer, deadline, proposal } from './call-options.js';
import { channelOptions } from './channel-options.js';
import { Commits, filteredBlockOf, type FilteredBlock } from './commits.js';
import {
  blockOfDeliverResponse,
  delivered,
  seekEnvelope,
  serializedIdentity,
  type SeekOptions,
} from './deliver.js';
import type {
  Argument,
  BlocksOptions,
  CommitOutcome,
  ConnectionOptions,
  Deadlines,
  EndorsedTransaction,
  LedgerConnection,
  PeerEndpoint,
  ProposalOptions,
  ReceivedBlock,
  SubmitResult,
} from './ledger-connection.js';
import { pause } from './pause.js';
import { Ring } from './ring.js';
import { settle } from './settle.js';
import { nativeSigner } from './signer.js';

const defaultDeadlines: Deadlines = { evaluate: 10_000, endorse: 15_000, submit: 10_000, status: 30_000 };

/** Before a broken stream of blocks is opened again. */
const pauseMilliseconds = 250;

/** A peer is a block behind for some hundredths of a second, rarely for more. */
const disagreementPauses = [25, 50, 100, 200, 400, 800];

const duplicate: number = peerProtos.TxValidationCode.DUPLICATE_TXID;

const deliverMethod = '/protos.Deliver/Deliver';
const filteredMethod = '/protos.Deliver/DeliverFiltered';

/** Opens a connection. Nothing is sent until the first call. */
export function connect(options: ConnectionOptions): LedgerConnection {
  return new RingConnection(options);
}

interface Station {
  /** The organisation of the peer, where it is known. */
  readonly mspId: string | undefined;
  readonly client: Client;
  readonly gateway: Gateway;
}

class RingConnection implements LedgerConnection {
  readonly #options: ConnectionOptions;
  readonly #deadlines: Deadlines;
  readonly #sign: (message: Uint8Array) => Promise<Uint8Array>;
  readonly #ring: Ring<Station>;
  readonly #commits = new Commits((signal) => this.#filtered(signal));

  constructor(options: ConnectionOptions) {
    if (options.peers.length === 0) throw new LedgerError('unavailable', { reason: 'no peer is configured' });
    this.#options = options;
    this.#deadlines = { ...defaultDeadlines, ...options.deadlines };
    this.#sign = nativeSigner(options.key);
    this.#ring = new Ring(options.peers.map((peer, position) => this.#open(peer, position)));
  }

  evaluate(name: string, args: readonly Argument[], options: ProposalOptions = {}): Promise<Uint8Array> {
    return this.#evaluateAt(this.#options.chaincode, name, args, options);
  }

  async endorse(
    name: string,
    args: readonly Argument[],
    options: ProposalOptions = {},
  ): Promise<EndorsedTransaction> {
    const transaction = await this.#endorse(name, args, options);
    return {
      transactionId: transaction.getTransactionId(),
      response: transaction.getResult(),
      send: () => this.#send(transaction, 0),
      status: () => this.commitStatus(transaction.getTransactionId()),
      commit: () => this.#commit(transaction),
    };
  }

  async submit(
    name: string,
    args: readonly Argument[],
    options: ProposalOptions = {},
  ): Promise<SubmitResult> {
    return this.#commit(await this.#endorse(name, args, options));
  }

  async attest(
    name: string,
    args: readonly Argument[],
    organizations?: readonly string[],
  ): Promise<EndorsedResponse> {
    const options = organizations === undefined ? {} : { endorsingOrganizations: organizations };
    const transaction = await this.#endorse(name, args, options);
    const envelope = gatewayProtos.PreparedTransaction.deserializeBinary(
      transaction.getBytes(),
    ).getEnvelope();
    if (envelope === undefined)
      throw new LedgerError('failed', { reason: 'an endorsement without an envelope' });
    const { payload, endorsements } = parseEndorserTransaction(transactionOfEnvelope(envelope));
    return { payload, endorsements };
  }

  commitStatus(transactionId: string): Promise<CommitOutcome> {
    return this.#ring.over('status', transactionId, async (station) => {
      const outcome = await this.#statusAt(station, transactionId);
      // A listener may have seen the copy that was sent again; asked once more, the peer looks up the first.
      return outcome.code === duplicate ? this.#statusAt(station, transactionId) : outcome;
    });
  }

  async *blocks(from: number, options: BlocksOptions = {}): AsyncGenerator<ReceivedBlock, void, void> {
    let next = from;
    while (!isAborted(options.signal) && (options.to === undefined || next <= options.to)) {
      try {
        for await (const received of this.#stream(next, options)) {
          if (received.number !== next) continue;
          next += 1;
          yield received;
        }
      } catch (error) {
        if (isAborted(options.signal)) return;
        const known = ledgerError(error, 'blocks');
        if (known.kind === 'notPermitted') throw known;
        options.onInterruption?.(known);
        this.#ring.advance();
        await pause(pauseMilliseconds, options.signal);
      }
    }
  }

  async height(): Promise<number> {
    const info = await this.#evaluateAt('qscc', 'GetChainInfo', [this.#options.channel], {});
    return common.BlockchainInfo.deserializeBinary(info).getHeight();
  }

  close(): void {
    this.#commits.close();
    for (const { client, gateway } of this.#ring.members) {
      gateway.close();
      client.close();
    }
  }

  #open(peer: PeerEndpoint, position: number): Station {
    const host = peer.address.slice(0, peer.address.lastIndexOf(':'));
    const name = peer.hostOverride ?? (isIP(host) === 0 ? undefined : 'localhost');
    const override =
      name === undefined ? {} : { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name };
    const tls = credentials.createSsl(Buffer.from(peer.tlsCa));
    const client = new Client(peer.address, tls, { ...channelOptions, ...override });
    const { mspId, cert } = this.#options.identity;
    const gateway = connectGateway({
      client,
      identity: { mspId, credentials: Buffer.from(cert) },
      signer: this.#sign,
      hash: hash.none,
      evaluateOptions: () => deadline(this.#deadlines.evaluate),
      endorseOptions: () => deadline(this.#deadlines.endorse),
      submitOptions: () => deadline(this.#deadlines.submit),
      commitStatusOptions: () => deadline(this.#deadlines.status),
    });
    return { client, gateway, mspId: peer.mspId ?? (position === 0 ? mspId : undefined) };
  }

  #evaluateAt(
    chaincode: string,
    name: string,
    args: readonly Argument[],
    options: ProposalOptions,
  ): Promise<Uint8Array> {
    return this.#ring.over('evaluate', undefined, ({ gateway }) =>
      gateway
        .getNetwork(this.#options.channel)
        .getContract(chaincode)
        .evaluate(name, proposal(args, options)),
    );
  }

  /**
   * Endorses, again and again for a moment while peers disagree: one of them may not have the last block yet, and then
   * refuses, or answers otherwise, what the gateway's own peer accepted.
   */
  async #endorse(name: string, args: readonly Argument[], options: ProposalOptions): Promise<Transaction> {
    let asked: string | undefined;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#ring.over('endorse', undefined, ({ gateway, mspId }) => {
          asked = mspId;
          const contract = gateway.getNetwork(this.#options.channel).getContract(this.#options.chaincode);
          return contract.newProposal(name, proposal(args, options)).endorse();
        });
      } catch (error) {
        const wait = disagreementPauses[attempt];
        if (wait === undefined || !isDisagreement(error, asked)) throw error;
        await pause(wait);
      }
    }
  }

  /** Sends the same transaction, with its first signature, through the peer that is `turn` further in the ring. */
  async #send(transaction: Transaction, turn: number): Promise<void> {
    const station = this.#ring.member(turn);
    const transactionId = transaction.getTransactionId();
    try {
      await station.gateway.newTransaction(transaction.getBytes()).submit();
    } catch (error) {
      throw ledgerError(error, 'submit', transactionId);
    }
  }

  async #commit(transaction: Transaction): Promise<SubmitResult> {
    const transactionId = transaction.getTransactionId();
    const watched = await this.#commits.watch(transactionId);
    const status = async (): Promise<CommitOutcome> => {
      const seen = await watched.outcome(this.#deadlines.status);
      // A copy that was sent again comes behind the first, and the first may have been in a block before the stream began.
      return seen === undefined || seen.code === duplicate ? this.commitStatus(transactionId) : seen;
    };
    const send = (turn: number): Promise<void> => this.#send(transaction, turn);
    const outcome = await settle({ transactionId, send, status }).finally(() => {
      watched.end();
    });
    if (!outcome.valid) throw invalidTransaction(transactionId, outcome.code, outcome.codeName);
    return { transactionId, block: outcome.block, response: transaction.getResult() };
  }

  async #statusAt({ gateway }: Station, transactionId: string): Promise<CommitOutcome> {
    const request = new gatewayProtos.CommitStatusRequest();
    request.setChannelId(this.#options.channel);
    request.setTransactionId(transactionId);
    request.setIdentity(serializedIdentity(this.#options.identity));
    const signed = new gatewayProtos.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    const status = await gateway.newCommit(signed.serializeBinary()).getStatus();
    return {
      transactionId,
      block: Number(status.blockNumber),
      valid: status.successful,
      code: status.code,
      codeName: validationCodeName(status.code),
    };
  }

  async *#stream(from: number, options: BlocksOptions): AsyncGenerator<ReceivedBlock, void, void> {
    const { channel, identity, chaincode } = this.#options;
    const seek = { channel, identity, from, ...options };
    for await (const response of this.#deliver(deliverMethod, seek, options.signal)) {
      const bytes = blockOfDeliverResponse(response);
      if (bytes === undefined) return;
      const block = decodeBlock(bytes, { namespace: chaincode });
      yield { number: block.number, bytes, block };
    }
  }

  async *#filtered(signal: AbortSignal): AsyncGenerator<FilteredBlock, void, void> {
    const { channel, identity } = this.#options;
    const seek = { channel, identity, from: 'newest' as const };
    for await (const response of this.#deliver(filteredMethod, seek, signal)) {
      const block = filteredBlockOf(response);
      if (block === undefined) return;
      yield block;
    }
  }

  async *#deliver(
    method: string,
    seek: SeekOptions,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array, void, void> {
    const { client } = this.#ring.member();
    const request = await seekEnvelope(seek, this.#sign);
    yield* delivered(client.makeBidiStreamRequest(method, asBuffer, asBuffer, {}), request, signal);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
