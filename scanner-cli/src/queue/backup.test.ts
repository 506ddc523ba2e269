import { describe, expect, it } from 'vitest';
import { rig } from './rig.testing.js';

describe('a device that was restored from a backup', () => {
  it('sends nothing, asks for a new key, and refuses to sign on', async () => {
    const { url } = await rig.gateway();
    await rig.record(1);
    await rig.open().push([url]);
    const backup = rig.backup();
    await rig.record(1);
    await rig.open().push([url]);
    const restored = rig.open(backup);
    await rig.record(1, restored);
    const report = await restored.push([url]);
    expect(report).toMatchObject({
      closed: 'HL-7014',
      settled: [],
      stopped: { sequence: 2, code: 'HL-7014' },
    });
    expect(rig.recorded()).toEqual([1, 2]);
    expect(rig.ledger.lane(rig.key.keyId)?.forked).toBeUndefined();
    await expect(rig.record(1, restored)).rejects.toMatchObject({ code: 'HL-7014' });
    expect((await rig.open(backup).push([url])).stopped?.code).toBe('HL-7014');
  });

  it('is found even when the backup is older than the first batch', async () => {
    const { url } = await rig.gateway();
    rig.open().lane();
    const backup = rig.backup();
    await rig.record(2);
    await rig.open().push([url]);
    const restored = rig.open(backup);
    await rig.record(3, restored);
    expect(await restored.push([url])).toMatchObject({ closed: 'HL-7014', settled: [] });
    expect(rig.recorded()).toEqual([1, 2]);
  });

  it('goes on when the ledger has only what the backup has too', async () => {
    const { url } = await rig.gateway();
    await rig.record(2);
    const backup = rig.backup();
    await rig.open().push([url]);
    const report = await rig.open(backup).push([url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(rig.recorded()).toEqual([1, 2]);
  });

  it('and a gateway that hides the head: the fork is found, proved and ends the lane', async () => {
    const { url } = await rig.gateway();
    rig.open().lane();
    const backup = rig.backup();
    await rig.record(1);
    await rig.open().push([url]);
    const restored = rig.open(backup);
    await rig.record(1, restored);
    const hiding = await rig.gateway({
      instead: (request, response) => {
        if (!request.url?.startsWith('/v1/lanes')) return false;
        response.end('{"next":1,"head":""}');
        return true;
      },
    });
    expect(await restored.push([hiding.url])).toMatchObject({
      closed: 'HL-3010',
      stopped: { sequence: 1, code: 'HL-3010' },
    });
    await expect(rig.record(1, restored)).rejects.toMatchObject({ code: 'HL-3010' });
    expect(rig.recorded()).toEqual([1]);
  });

  it('and the device that goes on learns from the next receipt that its key is used elsewhere', async () => {
    const { url } = await rig.gateway();
    await rig.record(1);
    const twin = rig.backup();
    await rig.record(2, rig.open(twin));
    await rig.open(twin).push([url]);
    const report = await rig.open().push([url]);
    expect(report).toMatchObject({ closed: 'HL-7014' });
    await expect(rig.record(1)).rejects.toMatchObject({ code: 'HL-7014' });
  });

  it('is not suspected because of a head that nobody attests', async () => {
    const { url } = await rig.gateway();
    await rig.record(1);
    const liar = await rig.gateway({
      endorsers: rig.ledger.endorsers.slice(1),
      receipt: (receipt) => ({ ...receipt, head: { sequence: 9, digest: '00'.repeat(32) } }),
    });
    const report = await rig.open().push([liar.url, url]);
    expect(report.closed).toBeUndefined();
    expect(report.settled).toHaveLength(1);
  });
});
