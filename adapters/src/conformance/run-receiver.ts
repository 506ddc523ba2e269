import { createHmac, randomBytes } from 'node:crypto';
import { ask } from './ask.js';
import type { Kit, ReceiverStep } from './cases.js';
import type { CaseResult } from './run-inbox.js';

/**
 * Drives a receiver of webhooks (Standard Webhooks) that was given the secret of the kit.
 *
 * @throws HuilianError HL-9251 when it does not answer
 */
export async function runReceiverCases(
  { receiver, keys }: Kit,
  address: string,
  now: () => number = Date.now,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { name, about, steps } of receiver) {
    const run = randomBytes(6).toString('hex');
    const differences: string[] = [];
    for (const [at, step] of steps.entries()) {
      const seconds = Math.floor(now() / 1000) - (step.secondsAgo ?? 0);
      const { status } = await ask(address, messageOf(step, run, seconds, keys));
      const isTaken = status >= 200 && status < 300;
      if (isTaken !== step.expect.taken)
        differences.push(`step ${at + 1}: taken: expected ${step.expect.taken}, got status ${status}`);
    }
    results.push({ name, about, differences });
  }
  return results;
}

function messageOf(step: ReceiverStep, run: string, seconds: number, keys: Kit['keys']) {
  const { tamper, type = 'event.accepted.accept' } = step;
  const id = `${step.id ?? 'evt_kit_1'}_${run}`;
  const timestamp = new Date(seconds * 1000).toISOString();
  const body = JSON.stringify({ type, timestamp, data: { id: 'kit', position: '1.0.0' } });
  const right = signed(keys.webhookSecret, id, seconds, body);
  const wrong = signed(keys.otherWebhookSecret, id, seconds, body);
  const signatures = { body: right, secret: wrong, none: undefined, second: `${wrong} ${right}` };
  const signature = tamper === undefined ? right : signatures[tamper];
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      ...(signature === undefined ? {} : { 'webhook-signature': signature }),
    },
    body: tamper === 'body' ? body.replace('"kit"', '"kot"') : body,
  };
}

function signed(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}
