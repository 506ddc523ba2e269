import { setTimeout as sleep } from 'node:timers/promises';

/** Samples of one metric in the text of `/metrics`, with the labels that each bears. */
export interface Sample {
  readonly labels: string;
  readonly value: number;
}

/** What a gateway says of one metric. */
export async function metricOf(gateway: string, name: string): Promise<Sample[]> {
  const response = await fetch(`${gateway}/metrics`);
  return samplesOf(await response.text(), name);
}

export function samplesOf(text: string, name: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    return match?.[1] === name ? [{ labels: match[2] ?? '', value: Number(match[3]) }] : [];
  });
}

/** Each look makes the gateway ask a peer for its height. */
const POLL_MS = 200;

/** Waits until the read model of a gateway has a block. */
export async function untilProjected(gateway: string, block: number): Promise<void> {
  const height = async (): Promise<number> =>
    (await metricOf(gateway, 'huilian_projector_height'))[0]?.value ?? -1;
  while ((await height()) < block) await sleep(POLL_MS);
}
