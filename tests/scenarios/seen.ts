import type { Actor, Scene } from './scene.js';

/** The answer to a question for a loss. */
interface Told {
  readonly status: number;
  readonly body: {
    readonly claims: readonly { readonly insurer: string; readonly cover: string }[];
    readonly lines: readonly { readonly version: number; readonly fitted?: readonly string[] }[];
    readonly code?: string;
  };
}

/** A loss as a reader sees it. */
export async function lossAsSeenBy(scene: Scene, reader: Actor, vehicle: string): Promise<Told> {
  const token = await scene.gateway.token(reader.signer);
  return (await scene.gateway.get(`/v1/losses/${vehicle}/L1`, token)) as unknown as Told;
}

interface Shown {
  readonly what: string;
  readonly sight: string;
  readonly verdict?: string;
}

/** What a reader sees of the timeline of a car, but for its own refused attempts. */
export async function timelineAsSeenBy(scene: Scene, reader: Actor, path: string): Promise<string[]> {
  const token = await scene.gateway.token(reader.signer);
  const { body } = await scene.gateway.get(`${path}/timeline?limit=200`, token);
  const { entries } = body as unknown as { readonly entries: readonly Shown[] };
  return entries
    .filter(({ verdict = 'accepted' }) => verdict === 'accepted')
    .map(({ what, sight }) => `${what} ${sight}`);
}

/** What the ledger said beside accepting the last event of an item. */
export async function lastNotice(scene: Scene, reader: Actor, id: string): Promise<string | undefined> {
  const token = await scene.gateway.token(reader.signer);
  const { body } = await scene.gateway.get(`/v1/items/${id}/history?limit=200`, token);
  return (body.events as unknown as { notice?: string }[]).at(-1)?.notice;
}
