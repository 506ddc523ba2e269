import { common, peer } from '@hyperledger/fabric-protos';
import { validationCodeName } from './block.js';
import { LedgerError } from './errors.js';
import type { CommitOutcome } from './ledger-connection.js';

/** How long a transaction waits for the stream to open before it is sent without it. */
const openMilliseconds = 1_000;

/** Ids and validation codes of one block, as a peer filters it. */
export interface FilteredBlock {
  readonly number: number;
  readonly transactions: readonly { readonly id: string; readonly code: number }[];
}

/** A transaction that is being waited for. */
export interface Watched {
  /**
   * Where it ended; undefined when the stream broke, so that somebody has to ask.
   *
   * @throws LedgerError `unknownOutcome` when it did not end within the time
   */
  outcome(milliseconds: number): Promise<CommitOutcome | undefined>;
  end(): void;
}

type Told = (outcome: CommitOutcome | undefined) => void;

/**
 * Learns from one stream of blocks where transactions ended. It opens with the first transaction and stays open; asking the
 * peer about each transaction by itself would cost a signed call for each.
 */
export class Commits {
  readonly #open: (signal: AbortSignal) => AsyncIterable<FilteredBlock>;
  readonly #waiting = new Map<string, Told>();
  readonly #closed = new AbortController();
  #ready: Promise<boolean> | undefined;

  /** @param open the blocks from the newest on, which comes at once and so says that the stream is there. */
  constructor(open: (signal: AbortSignal) => AsyncIterable<FilteredBlock>) {
    this.#open = open;
  }

  /** Waits for a transaction from now on. To be called before it is sent, else it may pass unseen. */
  async watch(transactionId: string): Promise<Watched> {
    let tell: Told = () => undefined;
    const told = new Promise<CommitOutcome | undefined>((resolve) => {
      tell = resolve;
    });
    this.#waiting.set(transactionId, tell);
    if (!(await this.#isOpen())) tell(undefined);
    return {
      outcome: (milliseconds) => within(told, milliseconds, transactionId),
      end: () => this.#waiting.delete(transactionId),
    };
  }

  close(): void {
    this.#closed.abort();
  }

  async #isOpen(): Promise<boolean> {
    this.#ready ??= this.#listen();
    return Promise.race([this.#ready, later(openMilliseconds, false)]);
  }

  /** Ends when the stream is open, or could not be opened. */
  #listen(): Promise<boolean> {
    return new Promise((resolve) => {
      void this.#follow(() => {
        resolve(true);
      }).finally(() => {
        resolve(false);
        this.#ready = undefined;
        for (const tell of this.#waiting.values()) tell(undefined);
      });
    });
  }

  async #follow(opened: () => void): Promise<void> {
    try {
      for await (const block of this.#open(this.#closed.signal)) {
        this.#tell(block);
        opened();
      }
    } catch {
      // Whoever waits asks the peer, and learns from it what is wrong.
    }
  }

  #tell({ number, transactions }: FilteredBlock): void {
    for (const { id, code } of transactions) {
      const valid = code === peer.TxValidationCode.VALID;
      this.#waiting.get(id)?.({
        transactionId: id,
        block: number,
        valid,
        code,
        codeName: validationCodeName(code),
      });
    }
  }
}

/** @throws LedgerError when the peer refuses the stream */
export function filteredBlockOf(response: Uint8Array): FilteredBlock | undefined {
  const decoded = peer.DeliverResponse.deserializeBinary(response);
  const block = decoded.getFilteredBlock();
  if (block === undefined) {
    const status = decoded.getStatus();
    if (status === common.Status.SUCCESS) return undefined;
    throw new LedgerError(status === common.Status.FORBIDDEN ? 'notPermitted' : 'unavailable', { status });
  }
  const transactions = block.getFilteredTransactionsList().map((transaction) => ({
    id: transaction.getTxid(),
    code: transaction.getTxValidationCode(),
  }));
  return { number: block.getNumber(), transactions };
}

async function within<T>(told: Promise<T>, milliseconds: number, transactionId: string): Promise<T> {
  const late = Symbol('late');
  const first = await Promise.race([told, later(milliseconds, late)]);
  if (first !== late) return first;
  const reason = 'the transaction was not seen in a block in time';
  throw new LedgerError('unknownOutcome', { reason }, { transactionId });
}

function later<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, milliseconds).unref();
  });
}
