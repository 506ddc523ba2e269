import { randomBytes } from 'node:crypto';
import type { System } from '../messages/system.js';
import type { Expected, InboxCase, InboxStep } from './cases.js';
import { ask, type Answer } from './ask.js';

/** How one case went. */
export interface CaseResult {
  readonly name: string;
  readonly about: { readonly zh: string; readonly en: string };
  /** What differs from what the case expects; empty when nothing does. */
  readonly differences: readonly string[];
}

export interface InboxTarget {
  /** `http://host:port` of the system under test. */
  readonly address: string;
  readonly system: System;
  readonly token?: string | undefined;
}

/** Drives a system that takes messages through the cases of its kind. @throws HuilianError HL-9251 when it does not answer */
export async function runInboxCases(
  cases: readonly InboxCase[],
  target: InboxTarget,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { name, about, systems, steps } of cases) {
    if (!systems.includes(target.system)) continue;
    // Ids of one run are new, so that a kit may be run again against the same system.
    const run = `kit-${randomBytes(6).toString('hex')}`;
    const differences: string[] = [];
    for (const [at, step] of steps.entries()) {
      const found = differencesOf(step.expect, await answerTo(step, run, target));
      differences.push(...found.map((difference) => `step ${at + 1}: ${difference}`));
    }
    results.push({ name, about, differences });
  }
  return results;
}

function answerTo(step: InboxStep, run: string, { address, token }: InboxTarget): Promise<Answer> {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  if ('get' in step) {
    const id = encodeURIComponent(step.get.replaceAll('{run}', run));
    return ask(`${address}/v1/messages/${id}`, { method: 'GET', headers: authorization });
  }
  const text = 'send' in step ? JSON.stringify(step.send) : step.raw;
  const padded = text.replace(/\{pad:(\d+)\}/, (_, length: string) => 'x'.repeat(Number(length)));
  const type = 'raw' in step ? (step.contentType ?? 'application/json') : 'application/json';
  return ask(`${address}/v1/messages`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': type },
    body: padded.replaceAll('{run}', run),
  });
}

function differencesOf(expected: Expected, { status, headers, body, text }: Answer): string[] {
  const differences: string[] = [];
  const differ = (what: string, wanted: unknown, got: unknown): void => {
    const [one, other] = [JSON.stringify(wanted), JSON.stringify(got ?? null)];
    if (one !== other) differences.push(`${what}: expected ${one}, got ${other}`);
  };
  differ('taken', expected.taken, status >= 200 && status < 300);
  if (expected.status !== undefined) differ('status', expected.status, status);
  if (expected.code !== undefined) differ('code', expected.code, body['code']);
  const pointers = pointersOf(body['errors']);
  for (const pointer of expected.pointers ?? [])
    if (!pointers.includes(pointer)) differ('errors', pointer, pointers);
  if (expected.unknown)
    differ('unknownFields', [...expected.unknown].sort(), pointersOf(body['unknownFields']));
  if (expected.known !== undefined)
    differ('Huilian-Known', String(expected.known), headers.get('huilian-known'));
  for (const each of expected.absent ?? [])
    if (text.includes(each)) differ('absent', each, 'stands in the answer');
  return differences;
}

function pointersOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return (list as { pointer?: unknown }[]).map(({ pointer }) => String(pointer)).sort();
}
