import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HuilianError, type LossRow, type Row } from '@huilian/core';
import type { Context } from '../context.js';
import { keyFolder } from '../keys/index.js';
import { isAway, read } from '../session.js';
import type { Gateway } from '../gateway/index.js';

/** Rows that are kept at most; the oldest go first. */
const KEPT = 5_000;
const ABSENT: readonly string[] = ['HL-2001', 'HL-2200', 'HL-2229', 'HL-3030', 'HL-3040', 'HL-4040'];

interface LossPage {
  readonly losses: readonly (LossRow & { readonly loss: string })[];
  readonly next?: string;
}

/** Thrown when a rule needs a row that nobody here knows; its cause is why no gateway told. */
export class NotKnown extends Error {}

/**
 * Rows of the world state as this device last saw them: asked from a gateway when one answers, else from the file beside the
 * key. They serve to warn before an event is signed, never to decide.
 */
export class KnownRows {
  readonly #file: string;
  readonly #kept: Map<string, Row>;
  #online: boolean;
  #fault: HuilianError | undefined;

  constructor(
    context: Context,
    private readonly gateways: readonly Gateway[],
  ) {
    this.#file = join(keyFolder(context.config.deviceHome, context.config.HUILIAN_KEY), 'known.json');
    this.#kept = readKept(this.#file);
    this.#online = !context.offline;
  }

  /** A row, or undefined when it is known that there is none. @throws NotKnown */
  async row(key: string): Promise<Row | undefined> {
    if (this.#online) {
      try {
        return await this.#ask(key);
      } catch (error) {
        if (!(error instanceof HuilianError)) throw error;
        this.#fault = error;
        // Once is enough: what waits for each row in turn would hold up the event itself.
        if (isAway(error)) this.#online = false;
      }
    }
    const kept = this.#kept.get(key);
    if (kept) return kept;
    throw new NotKnown(key, { cause: this.#fault });
  }

  /** All losses of a vehicle by their numbers; undefined where no gateway tells them. */
  async losses(vehicle: string): Promise<ReadonlyMap<string, LossRow> | undefined> {
    if (!this.#online) return undefined;
    try {
      const page = await read<LossPage>(this.gateways, `/v1/losses/${vehicle}?limit=200`);
      if (page === undefined || page.next !== undefined) return undefined;
      return new Map(page.losses.map((loss) => [loss.loss, loss]));
    } catch (error) {
      if (!(error instanceof HuilianError)) throw error;
      if (isAway(error)) this.#online = false;
      return undefined;
    }
  }

  /** Takes in what an event will write if the ledger agrees, so that the next step can be checked without a network. */
  keep(rows: Iterable<readonly [string, Row]>): void {
    for (const [key, row] of rows) this.#put(key, row);
    const recent = [...this.#kept].slice(-KEPT);
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(recent), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // Only a convenience: without it the next check says that it knows too little.
    }
  }

  async #ask(key: string): Promise<Row | undefined> {
    const address = addressOf(key);
    if (address === undefined) throw new NotKnown(key);
    try {
      const answer = await read<Readonly<Record<string, unknown>>>(this.gateways, address);
      if (answer === undefined) return undefined;
      const row = rowOf(key, answer);
      this.#put(key, row);
      return row;
    } catch (error) {
      if (error instanceof HuilianError && ABSENT.includes(error.code)) return undefined;
      throw error;
    }
  }

  #put(key: string, row: Row): void {
    this.#kept.delete(key);
    this.#kept.set(key, row);
  }
}

function readKept(file: string): Map<string, Row> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Row][]);
  } catch {
    return new Map();
  }
}

/** Where a gateway shows a row. */
function addressOf(key: string): string | undefined {
  const [kind = '', first = '', ...rest] = key.split('/');
  switch (kind) {
    case 'item':
      return `/v1/items/${first}`;
    case 'tag':
      return `/v1/tags/${first}/${encodeURIComponent(rest.join('/'))}`;
    case 'participant':
      return `/v1/participants/${first}`;
    case 'key':
      return `/v1/keys/${first}`;
    case 'loss':
      return `/v1/losses/${first}/${encodeURIComponent(rest.join('/'))}`;
    case 'reman':
      return `/v1/entitlements/${first}/${encodeURIComponent(rest.slice(0, -1).join('/'))}/${Number(rest.at(-1))}`;
    case 'rule':
      return `/v1/rules/${first}/${rest[0] ?? ''}/${Number(rest[1])}`;
    default:
      return undefined;
  }
}

/** Members that answers have beside those of the row: the parts of its key, and who may see it. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  item: ['heldBy', 'item', 'parties', 'questions'],
  tag: ['scheme', 'value'],
  participant: ['creditCode'],
  key: ['keyId'],
  rule: ['name', 'province', 'version'],
  loss: ['vehicle', 'loss'],
  reman: ['seller', 'sale', 'line'],
};

function rowOf(key: string, answer: Readonly<Record<string, unknown>>): Row {
  const kind = key.split('/')[0] ?? '';
  // A tag's row has a member `item` of its own, an item's answer repeats its id under that name.
  const added = ADDED[kind] ?? [];
  return Object.fromEntries(
    Object.entries(answer).filter(([name]) => !added.includes(name)),
  ) as unknown as Row;
}
