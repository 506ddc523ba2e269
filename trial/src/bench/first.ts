import { rm } from 'node:fs/promises';
import { Home } from '@huilian/network';
import { packGroup } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import type { LedgerConnection } from '@huilian/fabric';
import { figure, median, report } from './figures.js';
import { loneEvents } from './latency.js';
import { bytesIn } from './peer-disk.js';
import { registrations } from './registrations.js';
import { homeOf, onStage } from './stage.js';
import { warmStart } from './start.js';

const ROUNDS = 3;
/** Enough devices to fill the machine: beyond this only the latency grows. */
const DEVICES = 24;
const SINGLES_PER_DEVICE = 10;
const HUNDREDS_PER_DEVICE = 2;
const LONE_EVENTS = 15;

/** Events per second when every device sends transactions of one batch, each as soon as the one before is committed. */
async function rate(
  relay: LedgerConnection,
  devices: readonly Signer[],
  transactions: number,
  events: number,
): Promise<number> {
  const began = performance.now();
  await Promise.all(
    devices.map(async (device) => {
      for (let i = 0; i < transactions; i++)
        await relay.submit('Record:record', [packGroup([registrations(device, events).batch])]);
    }),
  );
  return (devices.length * transactions * events) / ((performance.now() - began) / 1000);
}

/** The benchmark `first`: what one event and a hundred cost on this machine, all in one run. */
export async function first(signal: AbortSignal): Promise<void> {
  const [single, hundred, commit, visible, bytes]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  await onStage('first', { devices: DEVICES + 1, keep: true }, signal, async (stage) => {
    const [lone, ...busy] = stage.members.map(({ device }) => device);
    if (!lone || !stage.gateway) throw new Error('no device, or no gateway');
    const peer = new Home(stage.home).data('peer-recycling');
    const token = await stage.token();
    for (let round = 0; round < ROUNDS; round++) {
      single.push(await rate(stage.relay, busy, SINGLES_PER_DEVICE, 1));
      const before = await bytesIn(peer);
      hundred.push(await rate(stage.relay, busy, HUNDREDS_PER_DEVICE, 100));
      bytes.push(((await bytesIn(peer)) - before) / (busy.length * HUNDREDS_PER_DEVICE * 100));
      const lates = await loneEvents(stage.gateway.client, lone, token, LONE_EVENTS);
      commit.push(median(lates.commit));
      visible.push(median(lates.visible));
    }
  });
  const home = homeOf('first');
  const starts = [await warmStart(home, signal), await warmStart(home, signal)];
  await rm(home, { recursive: true, force: true });
  await report('first', ROUNDS, {
    eventsPerSecondOneATransaction: figure('events/s', single),
    eventsPerSecondInBatchesOf100: figure('events/s', hundred),
    ratio: figure(
      'times',
      hundred.map((value, i) => value / (single[i] ?? Number.NaN)),
    ),
    loneEventToCommit: figure('ms', commit),
    loneEventToReadModel: figure('ms', visible),
    bytesPerEventOnAPeer: figure('bytes', bytes),
    npmStartWarm: figure('s', starts),
  });
}
