import { expect, it } from 'vitest';
import { isGoNewEnough } from '../binaries.js';
import { checkNode } from './machine.js';

it.each([
  ['20.19.0', undefined],
  ['20.20.2', undefined],
  ['20.18.3', 'HL-8005'],
  ['18.20.0', 'HL-8005'],
  ['22.1.0', 'HL-8005'],
])('Node %s: %s', (version, code) => {
  expect(checkNode(version).code).toBe(code);
});

it.each([
  ['1.25', true],
  ['1.26', true],
  ['2.0', true],
  ['1.24', false],
  ['1.9', false],
])('Go %s can build Fabric: %s', (version, fits) => {
  expect(isGoNewEnough(version)).toBe(fits);
});
