import { deflateRawSync } from 'node:zlib';
import {
  batchBytes,
  batchDigest,
  canonical,
  canonicalText,
  checkEvent,
  eventLeaves,
  makeProof,
  outcomeRoot,
  receiptOf,
  recordAnswer,
  rowKey,
  runFold,
  saltOf,
  signBatch,
  storedBytes,
  toHex,
  unpackGroup,
  verdictsOf,
  type Json,
  type SignedBatch,
} from '@huilian/core';
import { signSteadily, Trade, type Party } from '@huilian/core/testing';
import { codeOf, type Vectors } from './formats.js';

/** One plant registers a door and tries what it may not do; the batch, what the ledger says of it, and the proof. */
function play(): { trade: Trade; plant: Party; batch: SignedBatch } {
  const trade = new Trade();
  const plant = trade.party('plant', ['dismantler']);
  plant.signer.steady = true;
  const { item, nonce } = plant.signer.item('door');
  const tags = [{ scheme: 'serial' as const, value: 'DOOR-0042' }];
  const batch = plant.signer.batch([
    trade.event({
      type: 'register',
      item,
      data: { kind: 'part', category: 'door', nonce, tags, massGrams: 30_000 },
    }),
    trade.event({ type: 'inspect', item, data: { result: 'unfit' } }),
    trade.event({ type: 'dispose', item, data: { method: 'shredded' } }),
  ]);
  return { trade, plant, batch };
}

export function eventVectors(): Vectors {
  const { batch } = play();
  const [register] = batch.events;
  const broken: [string, object][] = [
    ['unknown type', { ...register, type: 'vanish' }],
    ['unknown version', { ...register, version: 2 }],
    ['a field too many', { ...register, colour: 'red' }],
    ['a wrong item id', { ...register, item: 'hl1nothing' }],
    ['free text as a citation', { ...register, cites: 'see above' }],
  ];
  return {
    about: 'Events and their canonical text; `refused` do not fit their format.',
    accepted: batch.events.map((event) => ({ event, text: canonicalText(event) })),
    refused: broken.map(([why, event]) => ({
      why,
      event,
      code: codeOf(() => checkEvent(event as unknown as Json)),
    })),
  };
}

export function batchVectors(): Vectors {
  const { plant, batch } = play();
  return {
    about:
      'A signed batch. `salts` are 16 bytes each of SHAKE128(seed); `leaves` SHA-256(00 ‖ salt ‖ event); the header holds the root over them; `digest` and the signature are over the canonical header. Hex.',
    publicKey: { x: plant.signer.key.x, y: plant.signer.key.y },
    batch,
    text: Buffer.from(batchBytes(batch)).toString('utf8'),
    salts: batch.events.map((_, index) => toHex(saltOf(batch.seed, index))),
    leaves: eventLeaves(batch).map(toHex),
    headerText: canonicalText(batch.header),
    digest: batchDigest(batch.header),
  };
}

export function groupVectors(): Vectors {
  const { batch } = play();
  const inflated = canonical([batch]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(inflated.length);
  // Stored, not compressed: compressors differ between machines, and all their outputs are accepted.
  const group = Buffer.concat([length, deflateRawSync(inflated, { level: 0 })]);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const refused: [string, Uint8Array][] = [
    ['a byte behind the end', Buffer.concat([group, Uint8Array.of(0)])],
    ['cut off', group.subarray(0, group.length - 1)],
    [
      'declares one byte more',
      Buffer.concat([
        Uint8Array.from(group.subarray(0, 3)),
        Uint8Array.of((group[3] ?? 0) + 1),
        group.subarray(4),
      ]),
    ],
    ['declares more than 1 MiB', Buffer.concat([Uint8Array.of(0xff, 0xff, 0xff, 0xff), group.subarray(4)])],
  ];
  return {
    about:
      'The argument of `record` in base64: uint32be(inflated length) ‖ raw deflate (RFC 1951) of the canonical list of batches. Any deflate stream of these bytes is accepted.',
    inflated: canonicalText([batch]),
    group: base64(group),
    refused: refused.map(([why, bytes]) => ({
      why,
      group: base64(bytes),
      code: codeOf(() => unpackGroup(bytes)),
    })),
  };
}

/** What the ledger says of the batch after it was recorded. */
function recorded() {
  const { trade, plant, batch } = play();
  trade.world.record(batch);
  const { keyId } = plant.signer;
  const row = trade.world.row(rowKey.batch(keyId, 1));
  if (!row) throw new Error('the batch is recorded');
  const receipt = runFold(receiptOf(keyId, 1), (key) => trade.world.rows.get(key));
  return { plant, batch, receipt, verdicts: verdictsOf(row) };
}

export function receiptVectors(): Vectors {
  const { receipt, verdicts } = recorded();
  return {
    about:
      'The receipt of the batch of batches.json. `outcome` is the RFC 9162 root over SHA-256(00 ‖ verdict in ASCII).',
    verdicts,
    receipt,
    text: canonicalText(receipt),
    outcome: outcomeRoot(verdicts),
  };
}

export function proofVectors(): Vectors {
  const { plant, batch, receipt, verdicts } = recorded();
  const { x, y } = plant.signer.key;
  // No organisation signed this attestation: its certificates are checked apart, and with them its payload.
  const attestation = { payload: 'AA==', endorsements: [{ endorser: 'AA==', signature: 'AA==' }] };
  return {
    about:
      'Short proofs of each event of batches.json against the receipt of receipts.json. The attestation is empty here; its certificates are checked apart.',
    receipt,
    proofs: batch.events.map((_, index) => makeProof(batch, verdicts, index, { x, y }, attestation)),
  };
}

export function recordVectors(): Vectors {
  const { trade, plant, batch } = play();
  const before = [...trade.world.rows];
  const { writes, batches } = trade.world.record(batch);
  const inadmissible = (name: string, wrong: SignedBatch): object => ({
    why: name,
    batch: wrong,
    offences: offencesOf(trade, wrong),
  });
  const header = (change: object): SignedBatch => {
    const changed = { ...batch.header, sequence: 2, previous: batchDigest(batch.header), ...change };
    return { ...batch, header: changed, signature: signSteadily(plant.signer.key, canonical(changed)) };
  };
  const [event] = batch.events;
  const other = signBatch(
    {
      ledger: trade.world.ledger,
      keyId: trade.world.signer('stranger').keyId,
      sequence: 1,
      previous: '',
      time: 0,
      seed: batch.seed,
      events: event ? [event] : [],
    },
    trade.world.signer('stranger').key,
  );
  return {
    about:
      'World state before, the rows that recording the batch of batches.json writes at that time (key, row, text that is stored), and its answer; then batches that may not be recorded after it.',
    rows: before,
    time: trade.world.time,
    transaction: trade.world.transactions.at(-1)?.transaction,
    writes: [...writes].map(([key, row]) => [key, row, Buffer.from(storedBytes(key, row)).toString('utf8')]),
    answer: recordAnswer(batches),
    inadmissible: [
      inadmissible('ahead of its lane', header({ sequence: 3 })),
      inadmissible('another link', header({ previous: 'a'.repeat(64) })),
      inadmissible('another ledger', header({ ledger: 'f'.repeat(64) })),
      inadmissible('a gap that does not fit', header({ sequence: 4, gap: 1 })),
      inadmissible('the signature of another header', { ...header({}), signature: batch.signature }),
      inadmissible('an unknown key', {
        ...other,
        signature: signSteadily(trade.world.signer('stranger').key, canonical(other.header)),
      }),
    ],
  };
}

function offencesOf(trade: Trade, batch: SignedBatch): unknown {
  try {
    trade.world.record(batch);
  } catch (error) {
    return (error as { offences?: unknown }).offences;
  }
  throw new Error('the batch was to be inadmissible');
}
