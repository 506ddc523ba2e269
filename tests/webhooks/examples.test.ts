import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Keyring, Poster, Targets } from '@huilian/gateway-api/webhooks';
import { checkout } from '../architecture/documents.js';
import { tokenKeyPair } from './rig.js';

const folder = mkdtempSync(join(tmpdir(), 'huilian-example-'));
const running: ChildProcess[] = [];
const never = new AbortController().signal;
const poster = new Poster({ targets: new Targets([], true), timeoutMilliseconds: 10_000 });
const keyring = new Keyring(tokenKeyPair());
const secrets = [keyring.secret(2), keyring.secret(1)];
const message = {
  id: 'evt_0123456789ab_7_0_1',
  body: JSON.stringify({ type: 'event.accepted.handover', data: { position: '7.0.1', note: '零件' } }),
};

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  poster.close();
  rmSync(folder, { recursive: true });
});

/** The program in a page: the one fenced block of its language. */
function programOf(page: string, language: string): string {
  const text = readFileSync(join(checkout, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? '';
}

/** Runs a program of a page. @returns its address, and what it has printed since */
async function run(page: string, language: string): Promise<{ url: string; lines: string[] }> {
  const [command, file] = language === 'js' ? [process.execPath, 'receiver.mjs'] : ['python3', 'receiver.py'];
  writeFileSync(join(folder, file), programOf(page, language));
  const child = spawn(command, [join(folder, file)], {
    env: { PATH: process.env['PATH'], PORT: '0', WEBHOOK_SECRET: keyring.reveal('wh_a', keyring.secret(1)) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
  return { url: `http://127.0.0.1:${lines.splice(0)[0]?.split(' ')[1] ?? ''}/`, lines };
}

describe.each(['webhooks.md', 'webhooks.zh-CN.md'])('the receivers in %s', (page) => {
  it.each(['js', 'python'])('in %s take what is genuine, once, and nothing else', async (language) => {
    const { url, lines } = await run(page, language);
    const now = Date.now();
    const genuine = keyring.sign('wh_a', secrets, message, now);
    const statusOf = async (headers: typeof genuine, body = message.body): Promise<number | undefined> =>
      (await poster.post(url, headers, { ...message, body }, never)).status;
    // Its secret is the older of two: the header holds both signatures.
    expect(await statusOf(genuine)).toBe(204);
    expect(await statusOf(keyring.sign('wh_a', secrets, message, now + 1_000))).toBe(204);
    await expect.poll(() => lines).toEqual(['event.accepted.handover 7.0.1']);
    for (const headers of [
      keyring.sign('wh_b', secrets, message, now),
      keyring.sign('wh_a', secrets, message, now - 400_000),
      { ...genuine, 'webhook-id': 'evt_0123456789ab_8_0_1' },
      { ...genuine, 'webhook-timestamp': String(Number(genuine['webhook-timestamp']) + 1) },
      { ...genuine, 'webhook-timestamp': '' },
      { ...genuine, 'webhook-signature': genuine['webhook-signature'].replaceAll('v1,', 'v2,') },
      { ...genuine, 'webhook-signature': 'v1,' },
    ])
      expect(await statusOf(headers)).toBe(400);
    expect(await statusOf(genuine, message.body.replace('7.0.1', '7.0.2'))).toBe(400);
    expect(lines).toHaveLength(1);
  });
});
