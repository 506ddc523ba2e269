import { row } from './row.js';

/** HL-226: decisions about findings, and the tables that time limits and findings are read from. */
export const findings = {
  'HL-2260': row(
    'finding.eventUnknown',
    404,
    3,
    '账本上没有该发现所指的事件。',
    '请用 huilian finding list 查看发现的编号。',
    'The ledger has no event that this finding could be of.',
    'See the ids of findings with huilian finding list.',
  ),
  'HL-2261': row(
    'rule.tableMalformed',
    409,
    3,
    '该规则表的内容不合规定格式。已批准的表不能修改，因此规则、期限和发现所读取的每一种表在提出时都要核对。',
    '请按 docs/design/formats.md 的说明更正后重新提出。',
    'The table does not hold what is read from it. An approved table is never changed, so each table that rules, time limits or findings read is checked when it is proposed.',
    'Mend it as docs/design/formats.md says and propose it again.',
  ),
  'HL-2262': row(
    'finding.unknown',
    404,
    3,
    '没有这项发现。',
    '请用 huilian finding list 查看发现的编号。',
    'There is no such finding.',
    'See the ids of findings with huilian finding list.',
  ),
} as const;
