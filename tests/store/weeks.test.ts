import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { termsTable, TIME_LIMIT_TABLE, trialTerms } from '@huilian/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { huilian } from '../scanner/terminal.js';
import { Receiver } from '../webhooks/receiver.js';
import { event } from './morning.js';
import { serve, type Served } from './served.js';
import { mongoKind, sqliteKind } from './sites.js';
import { ledgerId } from './synthetic-ledger.js';
import { dismantlerCode, TimedLedger } from './timed.js';

/** What is asked about a clock, as API and terminal show it. */
interface Shown {
  readonly item: string;
  readonly state: string;
  readonly due: string;
  readonly late?: { readonly days: number; readonly workingDays?: number };
  readonly stoppedBy?: string;
  readonly stopped?: number;
}

/**
 * A plant has eight working days for the certificate of a car that it took in on Monday, 21 September 2026. The 25th is the Mid-Autumn
 * Festival, 1 to 7 October is National Day, and Saturday the 10th is worked.
 */
describe.each([sqliteKind(), mongoKind()])('A term of working days over National Day, in $name', (kind) => {
  const at = new TimedLedger(kind);
  let served: Served;
  let partner: Receiver;
  let car: string;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const eight = { count: 'workingDays' as const, days: 8 };
    const term = { from: 20180101, to: undefined, term: eight, warnDays: 2, confirmed: true };
    at.table(TIME_LIMIT_TABLE, termsTable(new Map(trialTerms()).set('certificate', [term])));
    at.holidays(2026);
    car = at.takenIn();
    today();
    served = await serve(at.played.ledger, kind.site());
    partner = await Receiver.start();
    await device();
    const token = await served.client.token(at.dismantler);
    const wish = { url: partner.url, eventTypes: ['event.accepted.issueCertificate'], items: [car] };
    const added = await served.client.post('/v1/webhooks', JSON.stringify(wish), {
      authorization: `Bearer ${token}`,
    });
    expect(added.status, added.text).toBe(201);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await served.stop();
    await partner.down();
  });

  /** The clocks of this machine show what the ledger's do. */
  function today(): void {
    vi.setSystemTime(at.played.ledger.time * 1_000);
  }

  async function daysLater(days: number): Promise<void> {
    at.wait(days);
    // A block that says nothing, so that the ledger's time is that of a block.
    at.played.ledger.write({});
    today();
    await served.client.get(`/v1/rulesets/active?minBlock=${at.played.ledger.sealed.length - 1}`);
  }

  const env = () => ({
    HUILIAN_HOME: served.home,
    HUILIAN_DEVICE_HOME: join(served.home, 'device'),
    HUILIAN_KEY: 'desk',
    HUILIAN_GATEWAY: served.client.address,
  });

  /** The plant's desk has a key of its own. */
  async function device(): Promise<void> {
    const pem = '-----BEGIN CERTIFICATE-----';
    const organisation = (mspId: string) => ({ mspId, roots: [pem], intermediates: [] });
    const trust = join(served.home, 'trust.json');
    const organisations = ['RecyclingMSP', 'OversightMSP'].map(organisation);
    const named = { channel: 'c', chaincode: 'c', required: 'OversightMSP', organisations };
    writeFileSync(trust, JSON.stringify({ kind: 'huilian.trust', version: 1, ledger: ledgerId, ...named }));
    const made = await huilian(
      env(),
      'key',
      'init',
      'desk',
      '--owner',
      dismantlerCode,
      '--trust',
      trust,
      '--json',
    );
    expect(made, made.stderr).toMatchObject({ exit: 0 });
    const asked = await huilian(env(), 'key', 'request', 'desk', '--json');
    const { keyId } = made.lines[0] as { keyId: string };
    const { publicKey } = asked.lines[0] as { publicKey: typeof at.dismantler.key };
    at.played.ledger.admit({ key: publicKey, keyId }, dismantlerCode, 'dismantler');
  }

  async function ofApi(path: string): Promise<readonly Shown[]> {
    const token = await served.client.token(at.dismantler);
    const { body, status, text } = await served.client.get(path, token);
    expect(status, text).toBe(200);
    return (body as unknown as { clocks: Shown[] }).clocks;
  }

  async function ofTerminal(...args: string[]): Promise<readonly Shown[]> {
    const ran = await huilian(env(), ...args, '--json');
    expect(ran, ran.stderr).toMatchObject({ exit: 0 });
    return (ran.lines[0] as { clocks: Shown[] }).clocks;
  }

  /** The certificate's clock, of which API and terminal tell the same by the car and in the list where it must be. */
  async function clock(status: 'due' | 'overdue' | 'late'): Promise<Shown> {
    const query = `status=${status}&timeLimit=certificate`;
    const listed = await ofApi(`/v1/clocks?${query}`);
    expect(await ofTerminal('clocks', 'list', '--status', status, '--time-limit', 'certificate')).toEqual(
      listed,
    );
    const own = await ofApi(`/v1/items/${car}/clocks`);
    expect(await ofTerminal('item', 'clocks', car)).toEqual(own);
    expect(listed).toEqual(own.slice(0, 1));
    for (const other of ['due', 'overdue', 'late'].filter((each) => each !== status))
      expect(await ofApi(`/v1/clocks?status=${other}&timeLimit=certificate`)).toEqual([]);
    return listed[0]!;
  }

  it('is due, overdue, and met late, and API, terminal and webhook tell the same', async () => {
    const due = '2026-10-09';
    expect(await clock('due')).toMatchObject({ item: car, state: 'running', due });
    // 5 October: two weeks are over, and no more than six working days.
    await daysLater(14);
    expect(await clock('due')).toMatchObject({ state: 'running', due });
    await daysLater(3);
    expect(await clock('due')).toMatchObject({ state: 'dueSoon', due });
    await daysLater(1);
    expect(await clock('due')).toMatchObject({ state: 'dueSoon', due });
    // Saturday, 10 October, on which people work.
    await daysLater(1);
    expect(await clock('overdue')).toMatchObject({
      state: 'overdue',
      due,
      late: { days: 1, workingDays: 1 },
    });
    await daysLater(4);
    expect(await clock('overdue')).toMatchObject({ late: { days: 5, workingDays: 4 } });
    expect(partner.received).toEqual([]);

    await daysLater(1);
    const late = { days: 6, workingDays: 5 };
    const [issued] = at.records(at.dismantler, event('issueCertificate', car, { number: 'C-1' }));
    await daysLater(0);
    const ended = await clock('late');
    expect(ended).toMatchObject({ state: 'metLate', due, late, stoppedBy: issued });
    // What was late stays so late.
    await daysLater(30);
    expect(await clock('late')).toEqual(ended);

    await expect.poll(() => partner.received.length, { timeout: 20_000 }).toBe(1);
    const { data } = JSON.parse(partner.received[0]!.body) as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      id: issued,
      time: ended.stopped,
      clocks: [{ timeLimit: 'certificate', state: 'metLate', late }],
    });
    const token = await served.client.token(at.dismantler);
    const { body } = await served.client.get(`/v1/items/${car}/history`, token);
    expect((body.events as unknown[]).at(-1)).toEqual(data);
  });
});
