import type { LedgerReport, VerifiedProof } from '@huilian/verifier';
import { describe, expect, it } from 'vitest';
import { proofText, provedOf, reportText } from './verify-report.js';

const proved = {
  proof: { header: { keyId: 'k', sequence: 3 }, index: 1, event: { type: 'register' }, verdict: 'accepted' },
  receipt: { time: 1_795_000_000 },
  organisations: ['OversightMSP', 'RecyclingMSP'],
} as unknown as VerifiedProof;

describe('a proof for a person', () => {
  it('says when at UTC+8, as a trace does, and for a program in seconds', () => {
    expect(proofText(proved, 'en').split('\n')).toEqual([
      '✓ the proof holds: register  ✓ accepted',
      '  k.3.1',
      '  2026-11-18 19:06:40 UTC+8',
      '  OversightMSP, RecyclingMSP',
    ]);
    expect(proofText(proved, 'zh-CN')).toMatch(/^✓ 证明属实: 登记 {2}✓ 已接受$/m);
    expect(provedOf(proved).time).toBe(1_795_000_000);
  });
});

describe('a report for a person', () => {
  it.each(['zh-CN', 'en'] as const)('keeps names and numbers apart in %s', (language) => {
    const counts = {
      readModelLinks: 25,
      readModelFindings: 3,
      readModelClocks: 12,
      ordererSignatures: { count: 1 },
    };
    const report = { ok: true, ledger: 'aa', rows: 7, blocks: 9, ...counts } as unknown as LedgerReport;
    const lines = reportText(report, language).split('\n').slice(1);
    expect(lines.length).toBeGreaterThanOrEqual(7);
    for (const line of lines) expect(line).toMatch(/^ {2}\S.* {2}\S+$/);
  });
});
