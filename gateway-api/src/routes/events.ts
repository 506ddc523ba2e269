import { createSession } from 'better-sse';
import { z } from 'zod';
import { participantOf } from '../auth/caller.js';
import { HttpError } from '../http/problem.js';
import { handled, route, type Call } from '../http/route.js';
import { eventShape } from './event-shape.js';

const positionForm = /^(\d{1,12})\.(\d{1,9})\.(\d{1,9})$/;

export const eventRoutes = [
  route({
    method: 'get',
    path: '/v1/events',
    name: 'streamEvents',
    tag: 'Events',
    summary: 'Stream of events as they are committed',
    description:
      'Server-sent events. The id of each is `block.transaction.index`; send the last one back in `Last-Event-ID` (or `after`) at any gateway and nothing is missed. A participant gets the events of items that it held, owned or touched, the steps of losses under which it claims, and its own.',
    resource: 'item',
    query: z.object({
      after: z
        .string()
        .regex(positionForm)
        .optional()
        .meta({ description: 'Position to go on after; `0.0.0` for everything.' }),
    }),
    responses: {
      200: {
        description: 'The stream; the data of each event is an Event.',
        schema: eventShape,
        mediaType: 'text/event-stream',
      },
    },
    problems: ['HL-4032'],
    handle: stream,
  }),
];

async function stream(
  call: Call<undefined, z.ZodObject<{ after: z.ZodOptional<z.ZodString> }>>,
): Promise<typeof handled> {
  const { services, scope, request, response } = call;
  const after = lastPosition(call.header('last-event-id')) ?? call.query.after;
  const { signal, leave } = services.streams.enter(holderOf(call), call.signal);
  try {
    // A store that is away is said before the stream begins.
    await services.readModel.height();
    const session = await createSession(request, response, { retry: 2_000, keepAlive: 15_000 });
    for await (const { record, parties } of services.readModel.events(after, signal)) {
      // The same narrowing as for lists: own events, and those of items that the participant touched.
      if (scope !== undefined && !parties.includes(scope)) continue;
      if (!session.isConnected || !(await services.authenticator.mayGoOn(call.caller))) break;
      session.push(record, 'event', record.position);
      await drained(call);
    }
  } finally {
    leave();
    response.end();
  }
  return handled;
}

/** Streams are counted for a participant, whichever of its keys asks. */
function holderOf({ caller }: Pick<Call, 'caller'>): string {
  return participantOf(caller) ?? (caller.kind === 'anonymous' ? '' : caller.subject);
}

function lastPosition(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (!positionForm.test(header))
    throw new HttpError(
      'HL-4001',
      {},
      { faults: [{ pointer: 'header/Last-Event-ID', detail: 'block.transaction.index' }] },
    );
  return header;
}

/** A slow reader holds up its own stream and nothing else. */
async function drained({ response, signal }: Call): Promise<void> {
  if (!response.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.off('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    response.once('drain', go);
    signal.addEventListener('abort', go, { once: true });
  });
}
