import { describe, expect, it } from 'vitest';
import { creditCodeCheck, isCreditCode } from './credit-code.js';

/** Codes that these firms publish themselves, in their annual reports and on their own sites. */
const PUBLISHED = ['91440300708461136T', '914403001922038216', '91110000802100433B', '91310000132260250X'];

describe('a unified social credit code', () => {
  it('of a firm that publishes it has the right check character', () => {
    for (const code of PUBLISHED) expect(creditCodeCheck(code.slice(0, 17)), code).toBe(code[17]);
  });
});
