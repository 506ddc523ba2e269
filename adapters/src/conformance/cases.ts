import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SYSTEMS } from '../messages/system.js';

const phrase = z.strictObject({ zh: z.string(), en: z.string() });

/** What a step expects of the answer. */
const expected = z.strictObject({
  /** True: a status of 2xx. False: 4xx. */
  taken: z.boolean(),
  status: z.int().optional(),
  code: z.string().optional(),
  /** Pointers that `errors` of the problem must name. */
  pointers: z.array(z.string()).optional(),
  /** Pointers that `unknownFields` of the report must name, and no others. */
  unknown: z.array(z.string()).optional(),
  /** True: the header `Huilian-Known` says that the message came before. */
  known: z.boolean().optional(),
  /** Texts that must not stand in the answer. */
  absent: z.array(z.string()).optional(),
});
export type Expected = z.output<typeof expected>;

const inboxStep = z.union([
  z.strictObject({ send: z.record(z.string(), z.unknown()), expect: expected }),
  z.strictObject({ raw: z.string(), contentType: z.string().optional(), expect: expected }),
  z.strictObject({ get: z.string(), expect: expected }),
]);
export type InboxStep = z.output<typeof inboxStep>;

const inboxCase = z.strictObject({
  name: z.string(),
  about: phrase,
  systems: z.array(z.enum(SYSTEMS)),
  steps: z.array(inboxStep).min(1),
});
export type InboxCase = z.output<typeof inboxCase>;

const receiverStep = z.strictObject({
  id: z.string().optional(),
  type: z.string().optional(),
  secondsAgo: z.int().optional(),
  tamper: z.enum(['body', 'secret', 'none', 'second']).optional(),
  expect: z.strictObject({ taken: z.boolean() }),
});
export type ReceiverStep = z.output<typeof receiverStep>;
const receiverCase = z.strictObject({ name: z.string(), about: phrase, steps: z.array(receiverStep).min(1) });
export type ReceiverCase = z.output<typeof receiverCase>;

const caseFile = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('inbox'), cases: z.array(inboxCase) }),
  z.strictObject({ part: z.literal('receiver'), cases: z.array(receiverCase) }),
]);
const keysFile = z.looseObject({
  webhookSecret: z.string(),
  otherWebhookSecret: z.string(),
  /** Hex. */
  imeiPepper: z.string(),
});

/** The kit as it lies in the checkout; vendors take the folder. */
export interface Kit {
  readonly inbox: readonly InboxCase[];
  readonly receiver: readonly ReceiverCase[];
  readonly keys: z.output<typeof keysFile>;
}

/** Folder of the kit. */
export const KIT = fileURLToPath(new URL('../../conformance/', import.meta.url));

/** Reads the kit of a folder. @throws when a file is missing or is not of its form */
export function readKit(folder = KIT): Kit {
  const json = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const files = readdirSync(`${folder}/cases`)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => caseFile.parse(json(`cases/${name}`)));
  return {
    inbox: files.flatMap((file) => (file.part === 'inbox' ? file.cases : [])),
    receiver: files.flatMap((file) => (file.part === 'receiver' ? file.cases : [])),
    keys: keysFile.parse(json('keys.json')),
  };
}
