import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { determinism } from '../../eslint.determinism.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...determinism],
});

async function faults(code: string, filePath: string): Promise<number> {
  const [result] = await eslint.lintText(code, { filePath: `${root}${filePath}` });
  if (!result) throw new Error('one text has one result');
  const unread = result.messages.filter(({ ruleId }) => ruleId === null);
  if (unread.length > 0) throw new Error(unread[0]?.message);
  return result.errorCount;
}

/** One line a way in which two endorsers, or a replay, could come to other bytes. */
const FORBIDDEN = [
  'export const a = Date.now();',
  'export const a = new Date();',
  'export const a = Math.random();',
  'export const a = performance.now();',
  "import { randomBytes } from 'node:crypto'; export const a = randomBytes(1);",
  'export const a = crypto.randomUUID();',
  "export const a = 'ä'.localeCompare('z');",
  'export const a = (1).toLocaleString();',
  "export const a = 'I'.toLocaleLowerCase();",
  'export const a = new Intl.Collator();',
  "export const a = 'é'.normalize();",
  'export const a = process.env.LANG;',
  'setTimeout(() => undefined, 1);',
  'for (const a in {}) export1(a); function export1(a: string) { return a; }',
  'export const a = 0.1;',
  'export const a = 1e-3;',
  "export const a = parseFloat('1');",
  'export const a = Math.pow(2, 3);',
  "export const a = /\\p{L}/u.test('a');",
  "import { readFileSync } from 'node:fs'; export const a = readFileSync('a');",
  "import { hostname } from 'node:os'; export const a = hostname();",
  "export const a = await import('node:crypto');",
];

describe('the linter', () => {
  it('finds every way for two endorsers to differ, in core and in the chaincode', async () => {
    for (const code of FORBIDDEN) {
      expect(await faults(code, 'core/src/rules/example.ts'), code).toBeGreaterThan(0);
      expect(await faults(code, 'chaincode/src/contracts/example.ts'), code).toBeGreaterThan(0);
    }
  });

  it('lets one file read the clock, and that file nothing else', async () => {
    const clock = 'chaincode/src/runtime/clock.ts';
    expect(await faults('export const a = Date.now();', clock)).toBe(0);
    expect(await faults('export const a = process.env.TZ;', clock)).toBeGreaterThan(0);
    expect(await faults('export const a = Math.random();', clock)).toBeGreaterThan(0);
  });

  it('lets the start of the process read its environment, and no rule', async () => {
    const code = 'export const a = process.env.CHAINCODE_ID;';
    expect(await faults(code, 'chaincode/src/main.ts')).toBe(0);
    expect(await faults(code, 'chaincode/src/ledger.ts')).toBeGreaterThan(0);
  });

  it('finds nothing in code that says what it depends on', async () => {
    const code =
      "import { createHash } from 'node:crypto'; export const a = Object.keys({ b: 1 }).sort(); createHash('sha256');";
    expect(await faults(code, 'core/src/rules/example.ts')).toBe(0);
  });
});
