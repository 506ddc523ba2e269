import { beforeEach, describe, expect, it } from 'vitest';
import type { Queue } from './queue.js';
import { rig } from './rig.testing.js';

let queue: Queue;
beforeEach(() => {
  queue = rig.open();
});

const waiting = (): number[] => queue.lane().pending.map(({ header }) => header.sequence);
const now = (): number => Math.floor(Date.now() / 1000);

describe('what was signed and not sent', () => {
  it('is taken back, the last batch first, and its number is used again', async () => {
    await rig.record(3, queue);
    expect((await queue.takeBack()).map(({ sequence }) => sequence)).toEqual([3]);
    expect(waiting()).toEqual([1, 2]);
    expect((await queue.takeBack(1)).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(await queue.takeBack()).toEqual([]);
    await rig.record(1, queue);
    const gateway = await rig.gateway();
    expect((await queue.push([gateway.url])).settled.map(({ sequence }) => sequence)).toEqual([1]);
    expect(rig.recorded()).toEqual([1]);
  });

  it('is not taken back once a gateway was given it, whatever became of it there', async () => {
    await rig.record(1, queue);
    const gateway = await rig.gateway({
      instead: (request, response) => {
        if (request.url !== '/v1/batches') return false;
        response.writeHead(503).end();
        return true;
      },
    });
    await queue.push([gateway.url]);
    await rig.record(1, queue);
    expect((await queue.takeBack(1)).map(({ sequence }) => sequence)).toEqual([2]);
    expect(waiting()).toEqual([1]);
  });

  it('stays on the device until it is sealed, and what is sealed is sent', async () => {
    await queue.record([rig.intake()], now() - 1_000);
    await queue.record([rig.intake()], now());
    const gateway = await rig.gateway();
    const report = await queue.push([gateway.url], undefined, now() - 900);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1]);
    expect(report).toMatchObject({ unsealed: 1, waiting: [{ sequence: 2 }] });
    expect(report.stopped).toBeUndefined();
    await queue.takeBack();
    expect(waiting()).toEqual([]);
    expect(rig.recorded()).toEqual([1]);
  });
});
