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
