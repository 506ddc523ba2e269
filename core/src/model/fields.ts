import { z } from 'zod';
import { fromBase64url, toBase64url } from '../bytes/encode.js';
import { isCreditCode } from '../ids/credit-code.js';
import { parseEventId } from '../ids/event-id.js';
import { isItemId, isNonce } from '../ids/item-id.js';
import { isPackCode } from '../tags/battery.js';
import { isTag, TAG_SCHEMES } from '../tags/tag.js';
import { dayOfDate } from '../time/day.js';
import { remembered } from './remembered.js';
import { forms } from './wanted.js';

/** Grammar of codes: ASCII, so that sorting and comparing need no locale. */
export const code = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/)
  .register(forms, { form: 'code' });
export const itemId = z.string().refine(remembered(isItemId)).register(forms, { form: 'itemId' });
export const eventId = z
  .string()
  .refine((id) => parseEventId(id) !== undefined)
  .register(forms, { form: 'eventId' });
export const nonce = z.string().refine(isNonce).register(forms, { form: 'nonce' });
export const creditCode = z.string().refine(remembered(isCreditCode)).register(forms, { form: 'creditCode' });
export const keyId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .register(forms, { form: 'keyId' });
export const mspId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/)
  .register(forms, { form: 'mspId' });
export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .register(forms, { form: 'hash' });
export const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
/** Seconds since 1970. */
export const seconds = z.int().min(0).max(253402300799).register(forms, { form: 'seconds' });
/** A day at UTC+8 as an integer, `20260302`. */
export const date = z
  .int()
  .refine((day) => dayOfDate(day) !== undefined)
  .register(forms, { form: 'date' });
/** Grams; the heaviest thing a plant weighs is a truck. */
export const grams = z.int().min(0).max(1_000_000_000).register(forms, { form: 'grams' });
/** Pieces of a lot, counted. */
export const pieces = z.int().min(1).max(1_000_000).register(forms, { form: 'pieces' });
export const tag = z
  .strictObject({ scheme: z.enum(TAG_SCHEMES), value: z.string().min(1).max(120) })
  .refine(isTag)
  .register(forms, { form: 'tag' });
export const tags = z.array(tag).max(8);
/** Code of a traction battery pack (GB/T 34014), in capital letters. */
export const packCode = z.string().refine(isPackCode).register(forms, { form: 'packCode' });
/** 32 bytes in base64url in their one spelling: another spelling would give one key several ids. */
const coordinate = keyId.refine((text) => toBase64url(fromBase64url(text)) === text);
export const publicKey = z.strictObject({ x: coordinate, y: coordinate });
/** Six digits of GB/T 2260, or CN for the whole country. */
export const province = z
  .string()
  .regex(/^(CN|[0-9]{6})$/)
  .register(forms, { form: 'province' });
export const reference = z
  .string()
  .regex(/^[!-~]{1,40}$/)
  .register(forms, { form: 'reference' });
/** Text that people read, without control and direction characters. Only names of enterprises and tables hold any. */
export const text = z
  .string()
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/)
  .register(forms, { form: 'text' });
export const name = text.min(1).max(100).register(forms, { form: 'text' });

/** The model (型号) of an assembly or another part, as its maker names it. */
export const model = text.min(1).max(60).register(forms, { form: 'text' });

export const output = z.strictObject({
  item: itemId,
  nonce,
  kind: z.enum(['part', 'battery', 'lot']),
  category: code,
  massGrams: grams,
  /** Of a lot: how many pieces it holds, where they are counted. */
  pieces: pieces.optional(),
  tags: tags.optional(),
});

/** What comes out of a truck load: units as well. */
export const sortedOutput = z.strictObject({
  ...output.shape,
  kind: z.enum(['device', 'part', 'battery', 'lot']),
});

export const outputs = z.array(output).max(40);
/** What comes out by dismantling: parts with their model as well. */
export const dismantled = z.array(z.strictObject({ ...output.shape, model: model.optional() })).max(40);
export const evidence = z.array(hash).max(8).optional();
export const source = z
  .strictObject({ kind: z.enum(['household', 'public', 'participant']), slip: reference })
  .optional();
/** Eight digits of the national list of hazardous wastes; the last two are the class, HW49 in 900-045-49. */
export const wasteCode = z
  .string()
  .regex(/^[0-9]{3}-[0-9]{3}-[0-9]{2}$/)
  .register(forms, { form: 'wasteCode' });
export const tableVersion = z.int().min(1).max(9999).register(forms, { form: 'tableVersion' });
