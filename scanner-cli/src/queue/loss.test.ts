import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rig } from './rig.testing.js';

const copies = () => ['queue.a', 'queue.b'].map((name) => join(rig.directory, name));

/** Spoils one line in both copies, so that neither mends the other. Line 0 is the opening. */
function spoil(...lines: readonly number[]): void {
  for (const file of copies()) {
    const text = readFileSync(file, 'utf8').split('\n');
    for (const line of lines) text[line] = (text[line] ?? '').replace(/"seed":"..../, '"seed":"????');
    writeFileSync(file, text.join('\n'));
  }
}

describe('a queue that is damaged beyond mending', () => {
  it('is left as it is until it is recovered, and then the damaged files are kept', async () => {
    await rig.record(3);
    spoil(2);
    const before = copies().map((file) => readFileSync(file, 'utf8'));
    expect(() => rig.open().list()).toThrow(expect.objectContaining({ code: 'HL-7010' }));
    const { url } = await rig.gateway();
    await expect(rig.open().push([url])).rejects.toMatchObject({ code: 'HL-7010' });
    expect(copies().map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    const recovered = await rig.open().recover();
    expect(recovered).toMatchObject({ waiting: [1], stranded: [3], unknown: { from: 2, to: 3 } });
    expect(recovered.kept.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    expect(readdirSync(rig.directory).filter((name) => name.includes('damaged'))).toHaveLength(2);
  });

  it('recovered when it was whole stays as it is', async () => {
    await rig.record(2);
    expect(await rig.open().recover()).toEqual({ kept: [], waiting: [1, 2], stranded: [] });
  });

  it('records nothing more until the loss is declared, and sends what comes before it', async () => {
    await rig.record(3);
    spoil(2);
    await rig.open().recover();
    await expect(rig.record(1)).rejects.toMatchObject({ code: 'HL-7040' });
    const { url } = await rig.gateway();
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1]);
    expect(report).toMatchObject({
      waiting: [{ sequence: 3, state: 'stranded' }],
      stopped: { sequence: 3, code: 'HL-7040' },
    });
  });

  it('declares the gap, signs the events of whole batches anew, and goes on: the gap is on the ledger', async () => {
    await rig.record(4);
    spoil(2);
    await rig.open().recover();
    const { url } = await rig.gateway();
    expect(await rig.open().declareLost(2, 2, [url])).toEqual({ gap: { from: 2, to: 4 }, signedAnew: [5] });
    await rig.record(1);
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence, events }) => [sequence, events.length])).toEqual([
      [1, 1],
      [5, 2],
      [6, 1],
    ]);
    expect(report.settled.every(({ events }) => events.every(({ verdict }) => verdict === 'accepted'))).toBe(
      true,
    );
    expect(rig.ledger.lane(rig.key.keyId)).toMatchObject({ next: 7, gaps: [[2, 4]] });
  });

  it('needs no gap when the ledger has what is missing here: the rest links again', async () => {
    await rig.record(4);
    for (const batch of rig.open().lane().pending.slice(0, 2)) rig.ledger.record(batch);
    spoil(2);
    expect(await rig.open().recover()).toMatchObject({ waiting: [1], stranded: [3, 4] });
    const { url } = await rig.gateway();
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([3, 4]);
    expect(report.waiting).toEqual([]);
    expect(rig.ledger.lane(rig.key.keyId)).toMatchObject({ next: 5 });
    await rig.record(1);
    expect((await rig.open().push([url])).settled.map(({ sequence }) => sequence)).toEqual([5]);
  });

  it('begins again behind the last number that was ever signed when both files are gone', async () => {
    await rig.record(2);
    const { url } = await rig.gateway();
    await rig.open().push([url]);
    await rig.record(3);
    for (const file of copies()) rmSync(file);
    expect(() => rig.open().lane()).toThrow(expect.objectContaining({ code: 'HL-7010' }));
    expect(await rig.open().recover()).toMatchObject({
      waiting: [],
      stranded: [],
      unknown: { from: 1, to: 5 },
    });
    expect(await rig.open().declareLost(3, 5, [url])).toEqual({ gap: { from: 3, to: 5 }, signedAnew: [] });
    await rig.record(1);
    expect((await rig.open().push([url])).settled.map(({ sequence }) => sequence)).toEqual([6]);
    expect(rig.ledger.lane(rig.key.keyId)).toMatchObject({ next: 7, gaps: [[3, 5]] });
  });

  it('survives a second damage between recovery and declaration', async () => {
    await rig.record(4);
    spoil(2);
    await rig.open().recover();
    spoil(1);
    expect(await rig.open().recover()).toMatchObject({
      waiting: [],
      stranded: [3, 4],
      unknown: { from: 1, to: 4 },
    });
    const { url } = await rig.gateway();
    expect(await rig.open().declareLost(1, 2, [url])).toEqual({ gap: { from: 1, to: 4 }, signedAnew: [5] });
    expect((await rig.open().push([url])).settled.map(({ sequence }) => sequence)).toEqual([5]);
  });
});

describe('declaring batches lost', () => {
  it.each([
    ['what is on the ledger', 1, 1],
    ['more than was signed', 2, 9],
    ['nothing', 3, 2],
  ])('is refused for %s', async (_what, from, to) => {
    const { url } = await rig.gateway();
    await rig.record(1);
    await rig.open().push([url]);
    await rig.record(2);
    await expect(rig.open().declareLost(from, to, [url])).rejects.toMatchObject({ code: 'HL-7041' });
    expect(rig.open().lane().pending).toHaveLength(2);
  });

  it('does not give up what was recorded and waits for its receipt', async () => {
    const { url } = await rig.gateway();
    await rig.record(3);
    const [first] = rig.open().lane().pending;
    if (first) rig.ledger.record(first);
    await expect(rig.open().declareLost(1, 1, [url])).rejects.toMatchObject({ code: 'HL-7041' });
    expect(await rig.open().declareLost(2, 2, [url])).toEqual({ gap: { from: 2, to: 3 }, signedAnew: [4] });
    expect((await rig.open().push([url])).settled.map(({ sequence }) => sequence)).toEqual([1, 4]);
  });

  it('must name all that is missing', async () => {
    await rig.record(4);
    spoil(2, 4);
    await rig.open().recover();
    const { url } = await rig.gateway();
    await expect(rig.open().declareLost(2, 2, [url])).rejects.toMatchObject({ code: 'HL-7041' });
    expect(await rig.open().declareLost(2, 4, [url])).toEqual({ gap: { from: 2, to: 4 }, signedAnew: [] });
  });

  it('is not done without asking the ledger', async () => {
    await rig.record(2);
    await expect(rig.open().declareLost(1, 1, [])).rejects.toMatchObject({ code: 'HL-7015' });
    const liar = await rig.gateway({ endorsers: [] });
    await rig.open().push([(await rig.gateway()).url]);
    await rig.record(1);
    await expect(rig.open().declareLost(3, 3, [liar.url])).rejects.toMatchObject({
      code: expect.stringMatching(/^HL-701[67]$/) as string,
    });
  });

  it('gives up a batch that is never admitted, so that those behind it can go', async () => {
    const { url } = await rig.gateway();
    await rig.record(3);
    expect(await rig.open().declareLost(1, 1, [url])).toEqual({ gap: { from: 1, to: 3 }, signedAnew: [4] });
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence, events }) => [sequence, events.length])).toEqual([[4, 2]]);
  });
});
