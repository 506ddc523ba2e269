import { canonical, type SignedBatch } from '@huilian/core';

/** What the gateway says of one batch. */
export interface BatchResult {
  readonly keyId: string;
  readonly sequence: number;
  readonly status: 'recorded' | 'known' | 'fork' | 'inadmissible' | 'queued';
  readonly code?: string;
  readonly verdicts?: readonly string[];
  readonly block?: number;
}

/** The few calls that the trial makes over HTTP. */
export class GatewayClient {
  constructor(readonly url: string) {}

  /** JSON of a GET, or undefined for 404. @throws Error with the problem's text */
  async get<T>(path: string, token?: string): Promise<T | undefined> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.url}${path}`, { headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`GET ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /**
   * Where a lane stands; the beginning for a key that has not signed yet.
   *
   * @param minBlock the answer shows at least what stood on the ledger with this block
   */
  async lane(keyId: string, token: string, minBlock = 0): Promise<{ next: number; head: string }> {
    const path = `/v1/lanes/${keyId}?minBlock=${minBlock}`;
    return (await this.get<{ next: number; head: string }>(path, token)) ?? { next: 1, head: '' };
  }

  /** Hands batches in and waits for their commit. */
  async submit(batches: readonly SignedBatch[]): Promise<readonly BatchResult[]> {
    const response = await fetch(`${this.url}/v1/batches`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(canonical({ batches })),
    });
    if (response.status !== 200)
      throw new Error(`POST /v1/batches: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { batches: BatchResult[] }).batches;
  }
}
