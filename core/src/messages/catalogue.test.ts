import { describe, expect, it } from 'vitest';
import { catalogue, isErrorCode, type ErrorCode } from './catalogue.js';
import { describe as told, HuilianError } from './error.js';
import { adapters } from './adapters.js';
import { administration } from './administration.js';
import { admission } from './admission.js';
import { appliance } from './appliance.js';
import { batteries } from './batteries.js';
import { cells } from './cells.js';
import { correction } from './correction.js';
import { findings } from './findings.js';
import { closedWays } from './closed-ways.js';
import { formats } from './formats.js';
import { gateway } from './gateway.js';
import { lawfulWays } from './lawful-ways.js';
import { lots } from './lots.js';
import { insurance } from './insurance.js';
import { logistics } from './logistics.js';
import { network } from './network.js';
import { oldForReman } from './old-for-reman.js';
import { rules } from './rules.js';
import { scanner } from './scanner.js';
import { setup } from './setup.js';
import { store } from './store.js';
import { trade } from './trade.js';
import { tableRows } from './table-rows.js';
import { tables } from './tables.js';
import { supervision } from './supervision.js';
import { verification } from './verification.js';
import { webhooks } from './webhooks.js';

const rows = Object.entries(catalogue);
const lists = {
  adapters,
  administration,
  admission,
  appliance,
  batteries,
  cells,
  correction,
  findings,
  formats,
  gateway,
  lots,
  lawfulWays,
  closedWays,
  insurance,
  oldForReman,
  logistics,
  network,
  rules,
  scanner,
  setup,
  store,
  trade,
  tableRows,
  tables,
  supervision,
  verification,
  webhooks,
};
const DIGITS = {
  adapters: '9',
  formats: '1',
  rules: '2',
  trade: '2',
  supervision: '2',
  lawfulWays: '2',
  closedWays: '2',
  appliance: '2',
  batteries: '2',
  lots: '2',
  insurance: '2',
  oldForReman: '2',
  correction: '2',
  logistics: '2',
  findings: '2',
  admission: '3',
  administration: '3',
  gateway: '4',
  network: '5',
  store: '5',
  verification: '6',
  scanner: '7',
  setup: '8',
  tables: '9',
  cells: '9',
  tableRows: '9',
  webhooks: '4',
};

describe('the closed list of errors', () => {
  it('holds each code once, in the range of its list', () => {
    const counted = Object.values(lists).reduce((sum, list) => sum + Object.keys(list).length, 0);
    expect(rows.length).toBe(counted);
    for (const [name, list] of Object.entries(lists)) {
      for (const code of Object.keys(list))
        expect(code, name).toMatch(new RegExp(`^HL-${DIGITS[name as keyof typeof DIGITS]}[0-9]{3}$`));
    }
  });

  it('names each error once', () => {
    const names = rows.map(([, { name }]) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/);
  });

  it('names commands as they are typed', () => {
    for (const [code, { zh, en }] of rows) {
      for (const text of [zh.next, en.next]) {
        expect(text, code).not.toMatch(/network (up|down|status|logs|deploy|enroll|purge|help)\b/);
      }
    }
  });

  it('says in both languages what happened and what to do next, without an empty slot', () => {
    for (const [code, { zh, en }] of rows) {
      for (const text of [zh.what, zh.next, en.what, en.next]) {
        expect(text.trim(), code).toBe(text);
        expect(text.length, code).toBeGreaterThan(3);
        expect(text, code).not.toMatch(/[{}]|\$\{|%[sd]|undefined|TODO|null\b/);
        expect(text, code).toMatch(/[.。:：?？!]$/);
      }
      for (const text of [zh.what, zh.next]) expect(text, code).toMatch(/[\u4e00-\u9fff]/);
      for (const text of [en.what, en.next]) expect(text, code).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('has an HTTP status of an error and the exit code that goes with it', () => {
    for (const [code, { http, exit }] of rows) {
      // A notice, or what is kept for later, is no fault.
      if (exit === 0 || exit === 5) continue;
      expect(http, code).toBeGreaterThanOrEqual(400);
      expect(http, code).toBeLessThan(600);
      expect([1, 2, 3, 4, 6], code).toContain(exit);
      if (code.startsWith('HL-2')) expect(exit, `${code}: a refusal by a rule`).toBe(3);
    }
  });

  it('knows its own codes and no name of an object’s own', () => {
    expect(isErrorCode('HL-2020')).toBe(true);
    for (const text of ['constructor', '__proto__', 'toString', 'HL-0000', ''])
      expect(isErrorCode(text), text).toBe(false);
  });
});

describe('an error', () => {
  it('is told in one line: what happened, the facts, what to do next', () => {
    const error = new HuilianError('HL-2031', { licence: 'dismantler' });
    expect(error.text('en')).toBe(
      'The participant holds no valid licence for this step. (licence: dismantler) Obtain the licence and have it countersigned by Oversight.',
    );
    expect(error.text('zh-CN')).toBe(
      '该企业没有此步骤所需的有效许可。（许可：dismantler）请办理许可并经监管方会签。',
    );
    for (const [code] of rows) expect(told(code as ErrorCode, {}, 'en')).not.toContain('()');
  });
});
