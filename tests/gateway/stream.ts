import type { Client } from './world.js';

interface Streamed {
  readonly id: string;
  readonly data: { readonly event: { readonly type: string; readonly item?: string } };
}

/** Reads so many events of the stream; `act` runs once it is open. */
export async function read(
  client: Client,
  token: string,
  lastId: string,
  count: number,
  act: () => Promise<void>,
): Promise<Streamed[]> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    ...(lastId === '' ? {} : { 'last-event-id': lastId }),
  };
  const controller = new AbortController();
  const response = await fetch(`${client.address}/v1/events`, { headers, signal: controller.signal });
  const acting = act();
  const seen: Streamed[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id:\s?(.*)$/m.exec(block)?.[1];
      const data = /^data:\s?(.*)$/m.exec(block)?.[1];
      if (id !== undefined && data !== undefined)
        seen.push({ id, data: JSON.parse(data) as Streamed['data'] });
    }
    if (seen.length >= count) break;
  }
  await acting;
  controller.abort();
  return seen.slice(0, count);
}
