import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import {
  readKit,
  runInboxCases,
  startAdapter,
  SYSTEMS,
  systems,
  type Adapter,
  type System,
} from '@huilian/adapters';
import { RulesLedger } from '@huilian/adapters/testing';
import { Trade } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, run } from '@huilian/scanner-cli';
import { checkout } from '../architecture/documents.js';

const python = promisify(execFile);
const script = join(checkout, 'adapters', 'conformance', 'check.py');
const kit = readKit();
const adapters = new Map<System, Adapter>();
let folder: string;

/** The product's own adapter of each system, over a ledger that judges by the real rules. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-conformance-'));
  for (const system of SYSTEMS) {
    const trade = new Trade();
    const party = trade.party(system, [systems[system].role]);
    const ledger = new RulesLedger(trade.world, party.signer);
    const imeiPepper = Buffer.from(kit.keys.imeiPepper, 'hex');
    const inbox = join(folder, `${system}.db`);
    adapters.set(system, await startAdapter({ system, ledger, inbox, imeiPepper }));
  }
});
afterAll(async () => {
  for (const adapter of adapters.values()) await adapter.stop();
  rmSync(folder, { recursive: true, force: true });
});

const addressOf = (system: System): string => `http://127.0.0.1:${adapters.get(system)?.port ?? 0}`;

describe('the conformance kit', () => {
  it('has cases for every system, each with a name of its own and words in both languages', () => {
    const names = kit.inbox.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { about } of kit.inbox) expect(about.zh).toMatch(/\p{Script=Han}/u);
    for (const system of SYSTEMS)
      expect(kit.inbox.filter((each) => each.systems.includes(system)).length).toBeGreaterThan(40);
  });

  it.each(SYSTEMS)('is passed by the adapter of %s', async (system) => {
    const results = await runInboxCases(kit.inbox, { address: addressOf(system), system });
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });

  it('finds a server that takes everything', async () => {
    const results = await runInboxCases(
      kit.inbox.filter(({ name }) => name === 'otherSystem'),
      { address: addressOf('scrappedVehicle'), system: 'repair' },
    );
    expect(results.map(({ differences }) => differences.length > 0)).toEqual([true]);
  });

  it('fits itself, by its own script in Python', async () => {
    const { stdout } = await python('python3', [script, 'offline']);
    expect(stdout.trim()).toMatch(/^\d+ passed, 0 failed$/);
  });

  it.each(SYSTEMS)('is passed by the adapter of %s when the script in Python drives it', async (system) => {
    const { stdout } = await python('python3', [script, 'inbox', addressOf(system), system, '--test-ledger']);
    expect(stdout.trim()).toMatch(/^\d+ passed, 0 failed$/);
  });

  it('is passed by the receiver of webhooks that docs/webhooks.md shows, and not by one with another secret', async () => {
    const good = await receiver(kit.keys.webhookSecret);
    const { stdout } = await python('python3', [script, 'receiver', good.url]);
    expect(stdout.trim()).toBe('9 passed, 0 failed');
    expect(await conformance(good.url, '--receiver')).toMatchObject({ exit: 0 });
    const other = await receiver(kit.keys.otherWebhookSecret);
    const failed = await conformance(other.url, '--receiver');
    expect(failed.exit).toBe(6);
    expect(failed.stderr).toContain('HL-9250');
    for (const { child } of [good, other]) child.kill();
  });

  it.each(['adapters.md', 'adapters.zh-CN.md'])('stands beside a client in %s that works', async (name) => {
    const page = readFileSync(join(checkout, 'docs', name), 'utf8');
    const program = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const there = program.replace('http://127.0.0.1:8090', addressOf('insurance'));
    const { stdout } = await python('python3', ['-c', there]);
    expect(stdout).toContain("'type': 'lossReported'");
  });

  it('is run by the command, which asks what is tested and says when nobody answers', async () => {
    const repair = ['--system', 'repair', '--test-ledger'];
    expect(await conformance(addressOf('repair'), ...repair)).toMatchObject({ exit: 0 });
    expect(await conformance(addressOf('repair'))).toMatchObject({ exit: 2 });
    const silent = await conformance('http://127.0.0.1:9', ...repair);
    expect(silent).toMatchObject({ exit: 1 });
    expect(silent.stderr).toContain('HL-9251');
  });

  it('sends nothing that is recorded before it is told that the ledger is one of tests', async () => {
    const asked = await conformance('http://127.0.0.1:9', '--system', 'repair');
    expect([asked.exit, asked.stderr]).toEqual([2, expect.stringContaining('--test-ledger')]);
    const alone = python('python3', [script, 'inbox', 'http://127.0.0.1:9', 'repair']);
    await expect(alone).rejects.toMatchObject({ code: 2 });
  });
});

/** The receiver in Python that the page about webhooks shows, with a secret. */
async function receiver(secret: string): Promise<{ url: string; child: ChildProcess }> {
  const page = readFileSync(join(checkout, 'docs', 'webhooks.md'), 'utf8');
  const file = join(folder, 'receiver.py');
  writeFileSync(file, /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  const child = spawn('python3', [file], {
    env: { PATH: process.env['PATH'], PORT: '0', WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { url: `http://127.0.0.1:${line.split(' ')[1] ?? ''}/`, child };
  throw new Error('the receiver ended');
}

async function conformance(
  ...args: readonly string[]
): Promise<{ exit: number; stdout: string; stderr: string }> {
  const ran = { exit: -1, stdout: '', stderr: '' };
  ran.exit = await run(commands, ['conformance', 'run', ...args], {
    env: { HUILIAN_HOME: folder },
    stdout: { write: (text: string) => (ran.stdout += text) },
    stderr: { write: (text: string) => (ran.stderr += text) },
    language: 'en',
    now: Date.now,
  });
  return ran;
}
