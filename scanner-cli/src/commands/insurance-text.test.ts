import { expect, it } from 'vitest';
import { itemText } from './item-text.js';
import { lossText } from './loss-text.js';
import { fenOf, yuanOf } from './openings.js';

const car = { item: 'hl1car', kind: 'vehicle', category: 'sedan', state: 'damaged' };

it('a car shows its open loss and each change of registration that is due', () => {
  const insurance = { loss: 'L1', changes: [{ part: 'hl1engine', since: 1_795_000_000 }] };
  const text = itemText({ ...car, insurance }, 'zh-CN');
  expect(text).toMatch(/^当前赔案 +L1$/m);
  expect(text).toMatch(/^待办变更登记 +hl1engine {2}2026-11-18 19:06:40 UTC\+8$/m);
  expect(itemText(car, 'zh-CN')).not.toContain('赔案');
});

it('a loss shows who claims, what is fitted and what is paid', () => {
  const loss = {
    day: 20260302,
    reportedBy: 'owner',
    claims: [
      { claim: 'X-1', insurer: 'X', cover: 'ownDamage' as const },
      { claim: 'Y-1', insurer: 'Y', cover: 'compulsory' as const },
    ],
    lines: [
      {
        line: 1,
        version: 2,
        by: 'X',
        part: { category: 'door', quantity: 2, classes: ['newPart' as const] },
        fitted: ['hl1door'],
        covers: [{ claim: 0, paid: true as const }, { claim: 1 }],
      },
    ],
  };
  const lines = lossText('L1', loss, 'zh-CN').split('\n');
  expect(lines).toEqual([
    'L1  20260302',
    'X-1  X  车损险',
    'Y-1  Y  交强险',
    '1:2  door 1/2  新件  车损险 已赔  交强险 未赔',
  ]);
});

it('amounts are read and told in yuan, to the fen', () => {
  expect([fenOf('3500', 'x'), fenOf('3500.5', 'x'), fenOf('0.05', 'x')]).toEqual([350_000, 350_050, 5]);
  for (const wrong of ['', '-1', '1.005', '1,000', '1e3', '１００'])
    expect(() => fenOf(wrong, '--price'), wrong).toThrow();
  expect([yuanOf(350_050), yuanOf(5), yuanOf(-150_000)]).toEqual(['3500.50', '0.05', '-1500.00']);
});

it('a loss under which nobody has claimed says so', () => {
  const loss = { day: 20260302, reportedBy: '91320000MA0DEM001U', claims: [], lines: [] };
  expect(lossText('L1', loss, 'en')).toBe('L1  20260302\nno claim yet');
  expect(lossText('L1', loss, 'zh-CN')).toContain('尚未立案');
});
