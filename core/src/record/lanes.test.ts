import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import { rowKey } from '../model/row-keys.js';
import { MAX_GAPS } from './admission.js';
import { outcome, plant, records, registration, trade } from './admission.testing.js';

describe('a fork', () => {
  function forks(): { first: SignedBatch; other: SignedBatch } {
    const first = plant.signer.batch([registration()]);
    const other = plant.signer.batch([registration()], { sequence: 1, previous: '' });
    return { first, other };
  }

  it('is kept as evidence, once, and stops the lane', () => {
    const { first, other } = forks();
    records(first);
    expect(outcome(other)).toEqual(['fork']);
    const { keyId } = plant.signer;
    expect(trade.world.row(rowKey.fork(keyId, 1))).toEqual({
      header: other.header,
      signature: other.signature,
      time: trade.world.time,
    });
    expect(trade.world.row(rowKey.lane(keyId))).toMatchObject({ forked: 1, next: 2 });
    const third = plant.signer.batch([registration()], { sequence: 1, previous: '' });
    expect(outcome(third)).toEqual(['0 HL-3007']);
    expect(outcome(plant.signer.batch([registration()], { sequence: 2, previous: 'a'.repeat(64) }))).toEqual([
      '0 HL-3007',
    ]);
    expect(outcome(first)).toEqual(['known']);
  });

  it('is seen within one group too', () => {
    const { first, other } = forks();
    expect(outcome(first, other)).toEqual(['recorded', 'fork']);
  });

  it('changes no item', () => {
    const { first, other } = forks();
    records(first);
    records(other);
    const [event] = other.events;
    expect(event && 'item' in event ? trade.world.row(rowKey.item(event.item)) : 'none').toBeUndefined();
  });
});

describe('a gap', () => {
  it('that is signed is skipped and shown for ever', () => {
    records(plant.signer.batch([registration()]));
    expect(outcome(plant.signer.batch([registration()], { gap: 3 }))).toEqual(['recorded']);
    const { keyId } = plant.signer;
    expect(trade.world.row(rowKey.lane(keyId))).toMatchObject({ next: 6, gaps: [[2, 4]] });
    expect(trade.world.row(rowKey.batch(keyId, 5))).toMatchObject({ gap: 3 });
  });

  it('may open a lane whose first batches were lost', () => {
    expect(outcome(plant.signer.batch([registration()], { gap: 2 }))).toEqual(['recorded']);
    expect(trade.world.row(rowKey.lane(plant.signer.keyId))).toMatchObject({ next: 4, gaps: [[1, 2]] });
  });

  it('that does not begin at the lane’s next batch is inadmissible, and so is a batch out of a gap', () => {
    records(plant.signer.batch([registration()]));
    expect(outcome(plant.signer.batch([registration()], { sequence: 5, gap: 2 }))).toEqual(['0 HL-3008']);
    plant.signer.sequence = 1;
    plant.signer.head = trade.world.row(rowKey.lane(plant.signer.keyId))?.head ?? '';
    const late = plant.signer.batch([registration()]);
    plant.signer.sequence = 1;
    plant.signer.head = late.header.previous;
    records(plant.signer.batch([registration()], { gap: 1 }));
    expect(outcome(late)).toEqual(['0 HL-3008']);
  });

  it('is one of a bounded number', () => {
    for (let i = 0; i < MAX_GAPS; i++) records(plant.signer.batch([registration()], { gap: 1 }));
    const { sequence, head } = plant.signer;
    expect(outcome(plant.signer.batch([registration()], { gap: 1 }))).toEqual(['0 HL-3019']);
    expect(outcome(plant.signer.batch([registration()], { sequence: sequence + 1, previous: head }))).toEqual(
      ['recorded'],
    );
  });
});
