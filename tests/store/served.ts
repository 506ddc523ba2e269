import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerError, type LedgerConnection } from '@huilian/fabric';
import { readConfig, serveLedger, type Gateway } from '@huilian/gateway-api';
import { rowKey } from '@huilian/core';
import { pino } from 'pino';
import { vi } from 'vitest';
import { Client } from '../gateway/world.js';
import type { Site } from './sites.js';
import { ledgerId, type SyntheticLedger } from './synthetic-ledger.js';

/** A whole gateway in front of a ledger without a network, on a real store. It reads; nothing is recorded through it. */
export interface Served {
  readonly client: Client;
  readonly home: string;
  stop(): Promise<void>;
}

export async function serve(ledger: SyntheticLedger, site: Site): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'huilian-served-'));
  const { mongodbUri } = site.options;
  const config = readConfig({
    HUILIAN_HOME: home,
    PORT: '0',
    WEBHOOK_LOOPBACK: 'true',
    ...(mongodbUri === undefined ? {} : { MONGODB_URI: mongodbUri }),
  });
  const ordering = { addresses: [], needed: 0 };
  const gateway: Gateway = await serveLedger(
    config,
    { ledger: ledgerId, ordering, connect: () => connectionTo(ledger) },
    pino({ level: 'silent' }),
  );
  const client = new Client(gateway.address);
  const { length } = ledger.sealed;
  await vi.waitFor(
    async () => {
      const { status } = await client.get(`/v1/rulesets/active?minBlock=${length - 1}`);
      if (status >= 500) throw new Error('The store is not open yet.');
    },
    { timeout: 60_000, interval: 20 },
  );
  return {
    client,
    home,
    async stop() {
      await gateway.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a gateway that only reads asks of a peer. */
function connectionTo(ledger: SyntheticLedger): LedgerConnection {
  const away = (): never => {
    throw new LedgerError('unavailable');
  };
  return {
    evaluate: (name, [keyId]) => {
      if (name !== 'Keys:get') return away();
      const row = ledger.state.get(rowKey.key(String(keyId))) ?? null;
      return Promise.resolve(Buffer.from(JSON.stringify(row)));
    },
    blocks: (from, options) => ledger.blocks(from, options) as ReturnType<LedgerConnection['blocks']>,
    height: () => ledger.height(),
    close: () => undefined,
    endorse: away,
    submit: away,
    attest: away,
    commitStatus: away,
  };
}
