import { readFile } from 'node:fs/promises';
import { parseTrustBundle, type Json } from '@huilian/core';
import { readArchive } from '@huilian/fabric';
import { verifyLedger } from '@huilian/verifier';

/** What one run of the verifier took; printed as JSON. */
export interface Verified {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Resident memory when half of the time had passed, at the end, and at most. */
  readonly halfMegabytes: number;
  readonly endMegabytes: number;
  readonly mostMegabytes: number;
  /** Code of the first difference, empty when there is none. */
  readonly difference: string;
}

const MEGABYTE = 1_048_576;
const SAMPLE_MS = 200;

const [archive = '', trustFile = '', cores = '1'] = process.argv.slice(2);
const trust = parseTrustBundle(JSON.parse(await readFile(trustFile, 'utf8')) as Json);
const samples = [process.memoryUsage.rss()];
let sampled = performance.now();
const began = performance.now();
const before = process.cpuUsage();
const report = await verifyLedger({
  source: readArchive(archive),
  trust,
  workers: cores === '2' ? 2 : 1,
  onProgress() {
    // A timer would not fire between blocks that are at hand.
    if (performance.now() - sampled < SAMPLE_MS) return;
    sampled = performance.now();
    samples.push(process.memoryUsage.rss());
  },
});
const { user, system } = process.cpuUsage(before);
samples.push(process.memoryUsage.rss());
const result: Verified = {
  events: report.events,
  seconds: (performance.now() - began) / 1000,
  cpuSeconds: (user + system) / 1e6,
  halfMegabytes: (samples[Math.floor(samples.length / 2)] ?? 0) / MEGABYTE,
  endMegabytes: (samples.at(-1) ?? 0) / MEGABYTE,
  mostMegabytes: process.resourceUsage().maxRSS / 1024,
  difference: report.firstDifference?.code ?? '',
};
process.stdout.write(`${JSON.stringify(result)}\n`);
