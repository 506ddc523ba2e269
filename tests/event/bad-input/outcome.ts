import { catalogue, type ErrorCode, type SignedBatch, type Verdict } from '@huilian/core';
import { expect } from 'vitest';
import type { Answer, Client } from '../../gateway/world.js';

/** What a gateway says of one batch. */
interface Outcome {
  readonly status: string;
  readonly code?: string;
  readonly verdicts?: readonly Verdict[];
}

/** Hands in one batch. */
export async function outcomeOf(client: Client, batch: SignedBatch): Promise<Outcome> {
  const { status, body, text } = await client.submit([batch]);
  expect(status, text).toBe(200);
  return (body as { batches: readonly Outcome[] }).batches[0] ?? { status: 'no answer' };
}

/** A batch's code has its text at the gateway, in both languages. */
export async function shownInBoth(client: Client, code: ErrorCode): Promise<void> {
  const { zh, en } = catalogue[code];
  expect((await client.get(`/v1/errors/${code}`)).body).toMatchObject({ code, 'zh-CN': zh, en });
}

/** Asks for the same thing in both languages and expects the same problem. */
export async function problemInBoth(
  status: number,
  code: ErrorCode,
  ask: (headers: Record<string, string>) => Promise<Answer>,
): Promise<Answer> {
  const { zh, en } = catalogue[code];
  const chinese = await ask({ 'accept-language': 'zh-CN' });
  expect([chinese.status, chinese.body.code], chinese.text).toEqual([status, code]);
  expect(chinese.headers.get('content-type')).toContain('application/problem+json');
  expect(chinese.body).toMatchObject({ title: zh.what, detail: zh.next });
  const english = await ask({ 'accept-language': 'en' });
  expect([english.status, english.body.code], english.text).toEqual([status, code]);
  expect(english.body).toMatchObject({ title: en.what, detail: en.next });
  return english;
}
