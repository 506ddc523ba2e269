import {
  canonical,
  canonicalText,
  foundLedger,
  makeKeyRequest,
  OVERSIGHT,
  packGroup,
  record,
  recordAnswer,
  registerAdministrator,
  storedBytes,
  type Fold,
  type PrivateKey,
  type Row,
  type SignedBatch,
  type TrustBundle,
} from '@huilian/core';
import type { Version } from '@huilian/fabric';
import { peer } from '@hyperledger/fabric-protos';
import { endorsementPolicy } from './channel.js';
import { Chain, type Ordered } from './chain.js';
import { envelopeOf, newProposal } from './envelopes.js';
import { newOrganisation, type Member, type Organisation } from './members.js';

const chaincode = { name: 'huilian', version: '0.1.0+sha256.test' };
const lifecycle = '_lifecycle';
const applicationMsps = [OVERSIGHT, 'RecyclingMSP', 'AftermarketMSP'] as const;

interface Outcome {
  readonly writes: ReadonlyMap<string, Row>;
  readonly response: string;
}

/**
 * A ledger without a network: certificates and signatures are real, write sets are made by the real rules, and blocks have the
 * bytes that an orderer and a peer give them. It keeps the world state in memory.
 */
export class TestLedger {
  /** Where the first blocks are, until somebody takes them. */
  readonly #blocks: Uint8Array[] = [];
  readonly #rows = new Map<string, { readonly row: Row; readonly version: Version }>();
  readonly #chain: Chain;
  readonly #organisations: ReadonlyMap<string, Organisation>;
  #id = '';

  private constructor(
    organisations: readonly Organisation[],
    ordering: Organisation,
    /** Time of the genesis block in seconds; each block is a second later. */
    readonly start: number,
  ) {
    this.#organisations = new Map(organisations.map((each) => [each.mspId, each]));
    this.#chain = new Chain({ name: 'lifecycle', ordering, application: organisations });
  }

  /** A founded ledger: genesis block, definition of the chaincode, ledger row. */
  static async found(start: number): Promise<TestLedger> {
    const organisations = await Promise.all(applicationMsps.map(newOrganisation));
    const ledger = new TestLedger(organisations, await newOrganisation('OrderingMSP'), start);
    ledger.#blocks.push(ledger.#chain.genesis());
    ledger.#id = ledger.#chain.hash;
    await ledger.#define();
    const { administrator } = ledger.#organisation(OVERSIGHT);
    const submitter = { mspId: OVERSIGHT, role: 'administrator' };
    await ledger.#transact(
      administrator,
      'Administration:foundLedger',
      Buffer.from(ledger.#id),
      function* () {
        const { writes } = yield* foundLedger(ledger.#id, submitter);
        return { writes, response: canonicalText({ ledger: ledger.#id }) };
      },
    );
    return ledger;
  }

  /** SHA-256 of the header of the genesis block, hex. */
  get id(): string {
    return this.#id;
  }

  get time(): number {
    return this.start + this.#chain.height;
  }

  get trust(): TrustBundle {
    return {
      kind: 'huilian.trust',
      version: 1,
      ledger: this.#id,
      channel: this.#chain.channel.name,
      chaincode: chaincode.name,
      required: OVERSIGHT,
      organisations: [...this.#organisations.values()].map(({ mspId, authority }) => ({
        mspId,
        roots: [authority.pem],
        intermediates: [],
      })),
    };
  }

  /** The blocks made since they were last taken. */
  take(): Uint8Array[] {
    return this.#blocks.splice(0);
  }

  /** The rows of the world state. */
  *rows(): Generator<{ key: string; row: Row }, void, void> {
    for (const [key, { row }] of this.#rows) yield { key, row };
  }

  /** Registers the first administrator key of an organisation. */
  async administrator(mspId: string, key: PrivateKey): Promise<void> {
    const request = canonical(makeKeyRequest(this.#id, mspId, key));
    const { administrator } = this.#organisation(mspId);
    await this.#transact(administrator, 'Administration:registerAdministrator', request, function* () {
      const { writes, keyId } = yield* registerAdministrator(request, { mspId, role: 'administrator' });
      return { writes, response: canonicalText({ keyId }) };
    });
  }

  /** A block of transactions, each a group of batches. They must not touch one another's rows. */
  async record(...groups: readonly (readonly SignedBatch[])[]): Promise<void> {
    const { gateway } = this.#organisation('RecyclingMSP');
    const ordered = groups.map((group) => {
      const argument = packGroup(group);
      const { time } = this;
      return this.#endorse(gateway, 'Record:record', argument, function* (transaction) {
        const { writes, batches } = yield* record(argument, { time, transaction });
        return { writes, response: recordAnswer(batches) };
      });
    });
    await this.#seal(await Promise.all(ordered));
  }

  async #transact(
    client: Member,
    name: string,
    argument: Uint8Array,
    fold: (transaction: string) => Fold<Outcome>,
  ): Promise<void> {
    await this.#seal([await this.#endorse(client, name, argument, fold)]);
  }

  async #endorse(
    client: Member,
    name: string,
    argument: Uint8Array,
    fold: (transaction: string) => Fold<Outcome>,
  ): Promise<Ordered & { readonly rows: ReadonlyMap<string, Row> }> {
    const proposal = newProposal(client);
    const asked = new Set<string>();
    const running = fold(proposal.id);
    let step = running.next();
    while (step.done !== true) {
      for (const key of step.value) asked.add(key);
      step = running.next(new Map(step.value.map((key) => [key, this.#rows.get(key)?.row])));
    }
    const { writes: rows, response } = step.value;
    const reads = [...asked].sort().map((key) => ({ key, version: this.#rows.get(key)?.version }));
    const writes = [...rows].map(([key, row]) => ({ key, value: storedBytes(key, row) }));
    const envelope = await this.#envelope(client, {
      proposal,
      namespace: chaincode.name,
      function: name,
      args: [argument],
      reads,
      writes,
      response: Buffer.from(response),
    });
    return { envelope, namespace: chaincode.name, writes, rows };
  }

  #envelope(
    client: Member,
    invoked: Omit<Parameters<typeof envelopeOf>[0], 'channel' | 'chaincode' | 'time' | 'endorsers'>,
  ): Promise<Uint8Array> {
    const other = client.mspId === OVERSIGHT ? 'RecyclingMSP' : client.mspId;
    const endorsers = [OVERSIGHT, other].map((mspId) => this.#organisation(mspId).peer);
    return envelopeOf({
      channel: this.#chain.channel.name,
      chaincode: invoked.namespace === lifecycle ? { name: lifecycle, version: 'syscc' } : chaincode,
      time: this.time,
      endorsers,
      ...invoked,
    });
  }

  async #seal(ordered: readonly (Ordered & { readonly rows?: ReadonlyMap<string, Row> })[]): Promise<void> {
    const block = this.#chain.height;
    for (const [transaction, { rows }] of ordered.entries()) {
      for (const [key, row] of rows ?? []) this.#rows.set(key, { row, version: { block, transaction } });
    }
    this.#blocks.push(await this.#chain.seal(ordered));
  }

  /** The organisations agree on the chaincode. */
  async #define(): Promise<void> {
    const information = new peer.lifecycle.ChaincodeEndorsementInfo();
    information.setVersion(chaincode.version);
    const validation = new peer.lifecycle.ChaincodeValidationInfo();
    validation.setValidationPlugin('vscc');
    validation.setValidationParameter(endorsementPolicy(this.#chain.channel));
    const sequence = new peer.lifecycle.StateData();
    sequence.setInt64(1);
    const fields = {
      EndorsementInfo: stateBytes(information.serializeBinary()),
      Sequence: sequence.serializeBinary(),
      ValidationInfo: stateBytes(validation.serializeBinary()),
    };
    const writes = Object.entries(fields).map(([name, value]) => ({
      key: `namespaces/fields/${chaincode.name}/${name}`,
      value,
    }));
    const { administrator } = this.#organisation(OVERSIGHT);
    const envelope = await this.#envelope(administrator, {
      proposal: newProposal(administrator),
      namespace: lifecycle,
      function: 'CommitChaincodeDefinition',
      args: [],
      reads: [],
      writes,
      response: new Uint8Array(),
    });
    await this.#seal([{ envelope, namespace: lifecycle, writes }]);
  }

  #organisation(mspId: string): Organisation {
    const organisation = this.#organisations.get(mspId);
    if (organisation === undefined) throw new Error(`no organisation ${mspId}`);
    return organisation;
  }
}

function stateBytes(bytes: Uint8Array): Uint8Array {
  const data = new peer.lifecycle.StateData();
  data.setBytes(bytes);
  return data.serializeBinary();
}
