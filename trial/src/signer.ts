import { keyIdOf, signBatch, type LedgerEvent, type PrivateKey, type SignedBatch } from '@huilian/core';
import type { GatewayClient } from './gateway-client.js';
import { random16 } from './nonces.js';
import { accessToken } from './token.js';

/** A key that signs events online: it asks the ledger where its lane stands, so it keeps nothing itself. */
export class Signer {
  readonly keyId: string;
  #token: string | undefined;
  /** Block of the last batch that it signed: a read model behind it would give the same sequence again. */
  #block = 0;

  constructor(
    readonly key: PrivateKey,
    private readonly gateway: GatewayClient,
    private readonly ledger: string,
  ) {
    this.keyId = keyIdOf(key);
  }

  /** Signs events as the next batch of the lane. */
  async sign(events: readonly LedgerEvent[]): Promise<SignedBatch> {
    this.#token ??= await accessToken(this.gateway.url, this.key);
    const { next, head } = await this.gateway.lane(this.keyId, this.#token, this.#block);
    return signBatch(
      {
        ledger: this.ledger,
        keyId: this.keyId,
        sequence: next,
        previous: head,
        time: Math.floor(Date.now() / 1000),
        seed: random16(),
        events,
      },
      this.key,
    );
  }

  /**
   * Signs events, sends them and waits for the verdicts.
   *
   * @throws Error naming the first event that was refused
   */
  async record(events: readonly LedgerEvent[]): Promise<void> {
    const [result] = await this.gateway.submit([await this.sign(events)]);
    this.#block = result?.block ?? this.#block;
    const refused = result?.verdicts?.findIndex((verdict) => verdict !== 'accepted') ?? 0;
    if (result?.status !== 'recorded' || refused >= 0) {
      throw new Error(
        `event ${refused} (${events[refused]?.type ?? ''}): ${result?.code ?? result?.verdicts?.[refused] ?? 'no answer'}`,
      );
    }
  }
}
