import { z } from 'zod';
import { fromBase64url, toBase64url } from '../bytes/encode.js';
import { isCreditCode } from '../ids/credit-code.js';
import { parseEventId } from '../ids/event-id.js';
import { isItemId, isNonce } from '../ids/item-id.js';
import { isTag, TAG_SCHEMES } from '../tags/tag.js';
import { remembered } from './remembered.js';
import { shapeCheck, type ShapeCheck } from './shape-check.js';
import {
  CORE_GRADES,
  DISPOSAL_METHODS,
  HOLD_REASONS,
  ITEM_KINDS,
  KEY_KINDS,
  REFUSAL_REASONS,
  ROLES,
  TOTAL_LOSSES,
  type Assembly,
} from './terms.js';

/** Grammar of codes: ASCII, so that sorting and comparing need no locale. */
export const code = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
export const itemId = z.string().refine(remembered(isItemId));
export const nonce = z.string().refine(isNonce);
export const creditCode = z.string().refine(remembered(isCreditCode));
export const keyId = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const mspId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
/** Seconds since 1970. */
export const seconds = z.int().min(0).max(253402300799);
/** Grams; the heaviest thing a plant weighs is a truck. */
export const grams = z.int().min(0).max(1_000_000_000);
export const tag = z
  .strictObject({ scheme: z.enum(TAG_SCHEMES), value: z.string().min(1).max(120) })
  .refine(isTag);
export const tags = z.array(tag).max(8);
/** 32 bytes in base64url in their one spelling: another spelling would give one key several ids. */
const coordinate = keyId.refine((text) => toBase64url(fromBase64url(text)) === text);
export const publicKey = z.strictObject({ x: coordinate, y: coordinate });
/** Six digits of GB/T 2260, or CN for the whole country. */
export const province = z.string().regex(/^(CN|[0-9]{6})$/);
const reference = z.string().regex(/^[!-~]{1,40}$/);
/** Text that people read, without control and direction characters. Only names of enterprises and tables hold any. */
const text = z
  .string()
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/);
const name = text.min(1).max(100);

const output = z.strictObject({
  item: itemId,
  nonce,
  kind: z.enum(['part', 'battery', 'lot']),
  category: code,
  massGrams: grams,
  tags: tags.optional(),
});

const outputs = z.array(output).max(40);
const evidence = z.array(hash).max(8).optional();
const source = z
  .strictObject({ kind: z.enum(['household', 'public', 'participant']), slip: reference })
  .optional();
const tableVersion = z.int().min(1).max(9999);
/** How many of each assembly a vehicle has; one of each where nothing is said. */
const count = z.int().min(0).max(8).optional();
const assemblies = z
  .strictObject({
    engine: count,
    steeringGear: count,
    transmission: count,
    frontAxle: count,
    rearAxle: count,
    frame: count,
  } satisfies Record<Assembly, typeof count>)
  .optional();

export const licence = z.strictObject({
  number: reference,
  kind: z.enum(ROLES),
  categories: z.array(code).max(40),
  annualCapacity: z.int().min(0).max(1_000_000_000),
  validFrom: seconds,
  validTo: seconds,
  authority: name,
});

/** What each type of event carries, beside the fields that all share. */
export const itemEventData = {
  register: z.strictObject({
    kind: z.enum(ITEM_KINDS),
    category: code,
    nonce,
    tags,
    massGrams: grams.optional(),
    class: z.enum(['newPart', 'usedPart']).optional(),
    assemblies,
    source,
  }),
  inspect: z.strictObject({ result: z.enum(['fit', 'unfit']), evidence }),
  handover: z.strictObject({
    to: creditCode,
    massGrams: grams.optional(),
    keepOwnership: z.boolean().optional(),
    consignee: creditCode.optional(),
  }),
  withdraw: z.strictObject({}),
  accept: z.strictObject({ from: creditCode, massGrams: grams.optional() }),
  refuse: z.strictObject({ from: creditCode, reason: z.enum(REFUSAL_REASONS) }),
  reportDamage: z.strictObject({ loss: reference, evidence }),
  assess: z.strictObject({ loss: reference, evidence }),
  declareTotalLoss: z.strictObject({ loss: reference, totalLoss: z.enum(TOTAL_LOSSES), evidence }),
  sellSalvage: z.strictObject({ to: creditCode }),
  returnToUse: z.strictObject({ evidence }),
  surrender: z.strictObject({ source }),
  receive: z.strictObject({
    massGrams: grams,
    assemblies,
    supervised: z.boolean().optional(),
    evidence,
  }),
  issueCertificate: z.strictObject({ number: reference }),
  depollute: z.strictObject({ outputs }),
  dismantle: z.strictObject({
    outputs,
    lossGrams: grams.optional(),
    toleranceVersion: tableVersion.optional(),
  }),
  leaveHulk: z.strictObject({ massGrams: grams, lossGrams: grams, toleranceVersion: tableVersion }),
  shred: z.strictObject({ outputs, lossGrams: grams, toleranceVersion: tableVersion }),
  hold: z.strictObject({ reason: z.enum(HOLD_REASONS), evidence }),
  release: z.strictObject({ evidence }),
  witness: z.strictObject({ evidence: z.array(hash).min(1).max(8) }),
  markReused: z.strictObject({ mark: reference, evidence }),
  designateCore: z.strictObject({}),
  grade: z.strictObject({ grade: z.enum(CORE_GRADES), evidence }),
  remanufacture: z.strictObject({ product: output, mark: reference, evidence }),
  fit: z.strictObject({ into: itemId }),
  remove: z.strictObject({ from: itemId }),
  dispose: z.strictObject({ method: z.enum(DISPOSAL_METHODS), evidence }),
} as const;

export const administrationEventData = {
  'participant.register': z.strictObject({
    creditCode,
    name,
    roles: z.array(z.enum(ROLES)).min(1).max(8),
    province,
  }),
  'participant.suspend': z.strictObject({ creditCode, reason: code }),
  'participant.reinstate': z.strictObject({ creditCode }),
  'licence.grant': z.strictObject({ creditCode, licence }),
  /** `digest` is of the entry that was looked at, see `licenceDigest`. */
  'licence.countersign': z.strictObject({ creditCode, number: reference, digest: hash.optional() }),
  'key.register': z.strictObject({
    owner: z.union([creditCode, mspId]),
    kind: z.enum(KEY_KINDS),
    publicKey,
    proof: signature,
    validTo: seconds.optional(),
  }),
  'key.revoke': z.strictObject({ keyId, lastSequence: z.int().min(0), reason: code }),
  'rule.propose': z.strictObject({
    name: code,
    province,
    version: z.int().min(1).max(9999),
    from: seconds,
    table: z.record(
      code,
      z.union([z.int(), text.max(200), z.array(z.union([z.int(), text.max(60)])).max(400)]),
    ),
  }),
  'rule.approve': z.strictObject({ name: code, province, version: z.int().min(1).max(9999) }),
  'ruleset.propose': z.strictObject({ number: z.int().min(1).max(9999) }),
  'ruleset.approve': z.strictObject({ number: z.int().min(1).max(9999) }),
  'tag.award': z.strictObject({ tag, item: itemId }),
} as const;

const shared = {
  version: z.literal(1),
  time: seconds,
  operator: reference.optional(),
  station: reference.optional(),
  cites: z
    .string()
    .refine((id) => parseEventId(id) !== undefined)
    .optional(),
};

export type ItemEventType = keyof typeof itemEventData;
export type AdministrationEventType = keyof typeof administrationEventData;
export type EventType = ItemEventType | AdministrationEventType;

type Shared = { version: 1; time: number; operator?: string; station?: string; cites?: string };
export type ItemEvent = {
  [T in ItemEventType]: Shared & { type: T; item: string; data: z.infer<(typeof itemEventData)[T]> };
}[ItemEventType];
export type AdministrationEvent = {
  [T in AdministrationEventType]: Shared & { type: T; data: z.infer<(typeof administrationEventData)[T]> };
}[AdministrationEventType];
export type LedgerEvent = ItemEvent | AdministrationEvent;
export type EventOf<T extends EventType> = Extract<LedgerEvent, { type: T }>;

/** How an event of one type must look. */
export interface EventShape {
  readonly schema: z.ZodType;
  /** Says the same as the schema, sooner and without a reason. */
  readonly fits: ShapeCheck;
}

const schemas = new Map<string, z.ZodType>([
  ...Object.entries(itemEventData).map(
    ([type, data]) =>
      [type, z.strictObject({ ...shared, type: z.literal(type), item: itemId, data })] as const,
  ),
  ...Object.entries(administrationEventData).map(
    ([type, data]) => [type, z.strictObject({ ...shared, type: z.literal(type), data })] as const,
  ),
]);

const shapes = new Map<string, EventShape>(
  [...schemas].map(([type, schema]) => [type, { schema, fits: shapeCheck(schema) }]),
);

/** The schema of one type of event, or undefined when the type is unknown. */
export function eventSchema(type: string): z.ZodType | undefined {
  return schemas.get(type);
}

/** The shape of one type of event, or undefined when the type is unknown. */
export function eventShape(type: string): EventShape | undefined {
  return shapes.get(type);
}

export const EVENT_TYPES = [...schemas.keys()] as readonly EventType[];

/** True for the events that administrator keys sign. */
export function isAdministration(event: LedgerEvent): event is AdministrationEvent {
  return Object.hasOwn(administrationEventData, event.type);
}
