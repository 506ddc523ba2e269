import { expect, it } from 'vitest';
import { licenceText } from './licence-text.js';

it('a licence that is to be countersigned is shown as it is read, not as it is stored', () => {
  const licence = {
    number: 'H-1',
    kind: 'hazardousWasteHandler',
    categories: ['HW08', 'HW49'],
    annualCapacity: 20_000,
    validFrom: Date.parse('2026-01-01T00:00:00+08:00') / 1000,
    validTo: Date.parse('2029-01-01T00:00:00+08:00') / 1000,
    authority: '示例主管部门',
  } as const;
  expect(licenceText(licence, 'en')).toBe(
    'H-1; hazardous-waste handler; HW08, HW49; 20000 a year; 2026-01-01 to 2028-12-31; 示例主管部门',
  );
  expect(licenceText({ ...licence, categories: [] }, 'zh-CN')).toBe(
    'H-1；危险废物处置单位；全部类别；年能力 20000；2026-01-01 至 2028-12-31；示例主管部门',
  );
});
