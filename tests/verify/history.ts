import { numbered, type Signer } from '@huilian/core/testing';
import {
  canonical,
  creditCodeCheck,
  itemIdOf,
  packGroup,
  verdictsOf,
  type LedgerEvent,
  type SignedBatch,
  type Verdict,
} from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import { freshSigner, newNonce } from './signer.js';
import type { TrialNetwork } from './trial-network.js';

/** A batch that was recorded, with its verdicts: enough to make a proof of any of its events. */
export interface RecordedEvents {
  readonly signer: Signer;
  readonly batch: SignedBatch;
  readonly verdicts: readonly Verdict[];
}

/** What happened on the trial network. */
export interface History {
  readonly plant: Signer;
  readonly shop: Signer;
  readonly vehicle: string;
  readonly intake: RecordedEvents;
  /** Id of the transaction that recorded the intake. */
  readonly intakeTransaction: string;
}

const plantCode = withCheck('91330100MA27ABCD0');
const shopCode = withCheck('91440300MA5FEDCB1');

/**
 * A short morning: administrators and participants are registered, a vehicle is taken in, inspected and handed over, an
 * illegal step is refused, a batch is lost, a batch is sent twice, a lane is forked, two transactions collide.
 */
export async function playHistory(network: TrialNetwork): Promise<History> {
  const time = Math.floor(Date.now() / 1000);
  const recycling = await network.connect('RecyclingMSP');
  const aftermarket = await network.connect('AftermarketMSP');
  const plantOffice = await administrator(network, 'RecyclingMSP');
  const shopOffice = await administrator(network, 'AftermarketMSP');
  await administrator(network, 'OversightMSP');

  const ledger = network.trust.ledger;
  const plant = freshSigner(ledger);
  const shop = freshSigner(ledger);
  await recordGroup(recycling, [
    plantOffice.batch(enterprise(plantCode, 'dismantler', plant, time), { time }),
    shopOffice.batch(enterprise(shopCode, 'repairShop', shop, time), { time }),
  ]);

  const nonce = newNonce();
  const vehicle = itemIdOf(plant.keyId, nonce);
  const intakeBatch = plant.batch(
    [
      item(vehicle, time, 'register', {
        kind: 'vehicle',
        category: 'passengerCar',
        nonce,
        tags: numbered(nonce),
        massGrams: 1_200_000,
      }),
      item(vehicle, time, 'inspect', { result: 'fit' }),
      item(vehicle, time, 'accept', { from: plantCode }),
    ],
    { time },
  );
  const { transactionId, verdicts } = await recordGroup(recycling, [intakeBatch]);

  const handover = plant.batch([item(vehicle, time, 'handover', { to: shopCode })], { time });
  const acceptance = shop.batch([item(vehicle, time, 'accept', { from: plantCode })], { time });
  await recordGroup(recycling, [handover]);
  await recordGroup(aftermarket, [acceptance]);
  await recordGroup(aftermarket, [acceptance]);
  await recordGroup(recycling, [
    plant.batch([item(vehicle, time, 'inspect', { result: 'unfit' })], { time, gap: 2 }),
  ]);
  await collide(recycling, plant, vehicle, time);

  const other = freshSigner(ledger);
  await recordGroup(recycling, [plantOffice.batch([keyEvent(plantCode, other, time)], { time })]);
  await recordGroup(recycling, [other.batch([item(vehicle, time, 'withdraw', {})], { time })]);
  await recordGroup(recycling, [other.forked([item(vehicle, time, 'inspect', { result: 'fit' })], { time })]);
  const intake = { signer: plant, batch: intakeBatch, verdicts: verdicts[0] ?? [] };
  return { plant, shop, vehicle, intake, intakeTransaction: transactionId };
}

/** Records a group; the verdicts are those of each batch. */
export async function recordGroup(
  connection: LedgerConnection,
  batches: readonly SignedBatch[],
): Promise<{ transactionId: string; verdicts: Verdict[][] }> {
  const { response, transactionId } = await connection.submit('Record:record', [packGroup(batches)]);
  const answer = JSON.parse(Buffer.from(response).toString('utf8')) as {
    batches: { count: number; refused: [number, string][] }[];
  };
  return { transactionId, verdicts: answer.batches.map(verdictsOf) };
}

async function administrator(network: TrialNetwork, mspId: string): Promise<Signer> {
  const connection = await network.connect(mspId, 'administrator');
  const signer = freshSigner(network.trust.ledger);
  await connection.submit('Administration:registerAdministrator', [canonical(signer.request(mspId))]);
  return signer;
}

/** Two transactions over the same lane, endorsed before either is committed: one of them must lose. */
async function collide(
  connection: LedgerConnection,
  signer: Signer,
  id: string,
  time: number,
): Promise<void> {
  const group = packGroup([signer.batch([item(id, time, 'inspect', { result: 'fit' })], { time })]);
  const both = await Promise.all([1, 2].map(() => connection.endorse('Record:record', [group])));
  await Promise.allSettled(both.map((transaction) => transaction.commit()));
}

function enterprise(
  code: string,
  role: 'dismantler' | 'repairShop',
  signer: Signer,
  time: number,
): LedgerEvent[] {
  return [
    {
      type: 'participant.register',
      version: 1,
      time,
      data: { creditCode: code, name: role, roles: [role], province: '330100' },
    },
    keyEvent(code, signer, time),
  ];
}

function keyEvent(owner: string, signer: Signer, time: number): LedgerEvent {
  const { publicKey, proof } = signer.request(owner);
  return { type: 'key.register', version: 1, time, data: { owner, kind: 'device', publicKey, proof } };
}

function item(id: string, time: number, type: string, data: object): LedgerEvent {
  return { type, version: 1, item: id, time, data } as LedgerEvent;
}

function withCheck(body: string): string {
  return body + creditCodeCheck(body);
}
