import type { LedgerEvent } from '@huilian/core';
import { expect, it } from 'vitest';
import { mendingText } from './correction-text.js';

const made = (type: string, data: object): LedgerEvent =>
  ({ type, version: 1, time: 1, item: 'hl1box', data }) as unknown as LedgerEvent;

it('a wrong packing is mended by taking out, which stands in its place', () => {
  const { zh, en } = mendingText('k.4.0', made('pack', { items: ['hl1a', 'hl1b'] }));
  expect(en).toContain('huilian unpack hl1a hl1b --from hl1box --replaces k.4.0');
  expect(zh).toContain('huilian unpack hl1a hl1b --from hl1box --replaces k.4.0');
});

it('a wrong taking out by packing again', () => {
  expect(mendingText('k.5.0', made('unpack', { items: ['hl1a'] })).en).toContain(
    'huilian pack hl1a --into hl1box --replaces k.5.0',
  );
});

it('any other step by the right one in its place', () => {
  expect(mendingText('k.6.0', made('issueCertificate', { number: 'C-1' })).en).toBe(
    'Record the right step with --replaces k.6.0',
  );
});
