import type { Language } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.js';
import { Output } from '../output.js';
import type { PushReport } from '../queue/index.js';
import { tellGateways, whyWaiting } from './push-report.js';

const dump = `error in simulation: failed to execute transaction: ${'x509: certificate signed by unknown authority '.repeat(6)}`;
const waiting: PushReport['waiting'] = [
  { sequence: 4, digest: 'ab'.repeat(32), state: 'waiting', count: 1, events: [] },
];
const stopped = (code: 'HL-3002' | 'HL-5012', details = {}): PushReport => ({
  settled: [],
  waiting,
  stopped: { sequence: 4, code, details },
  gateways: [{ url: 'http://one', outcome: 'refused', code, details }],
  offline: [],
});

function told(report: PushReport, language: Language, json = false): { exit: number; err: string } {
  let err = '';
  const sink = { write: (text: string) => (err += text) };
  const output = new Output(sink, sink, { language, json, env: {}, debug: false });
  const context: Context = { output, config: {} as Context['config'], offline: false, now: Date.now };
  tellGateways(context, report);
  const { exitCode } = whyWaiting(context, report);
  return { exit: exitCode, err };
}

describe('why batches wait', () => {
  it('is told once, by its code and in words', () => {
    const { exit, err } = told(stopped('HL-3002'), 'en');
    expect(exit).toBe(4);
    expect(err).toBe(
      [
        'Gateway http://one: could not take it (HL-3002)',
        'HL-3002 The key has expired. (sequence: 4) Make a new key and have it registered.',
        '',
      ].join('\n'),
    );
    expect(told(stopped('HL-3002'), 'zh-CN').err.match(/已过期/g)).toHaveLength(1);
  });

  it('leaves what a peer said at length to --json', () => {
    const report = stopped('HL-5012', { reason: dump });
    for (const language of ['en', 'zh-CN'] as const) {
      const { err } = told(report, language);
      expect(err).toContain('HL-5012');
      expect(err).not.toMatch(/x509|[{}]/);
    }
    expect(told(report, 'en', true).err).toContain('x509');
  });

  it('explains a gateway that was of no use when the next one was', () => {
    const report = { ...stopped('HL-3002'), waiting: [] };
    delete (report as { stopped?: unknown }).stopped;
    let err = '';
    const sink = { write: (text: string) => (err += text) };
    const output = new Output(sink, sink, { language: 'en', json: false, env: {}, debug: false });
    tellGateways({ output, config: {} as Context['config'], offline: false, now: Date.now }, report);
    expect(err).toBe('Gateway http://one: could not take it (HL-3002: The key has expired.)\n');
  });
});
