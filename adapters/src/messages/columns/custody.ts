import { REFUSAL_REASONS, reasonWords } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { GB_32100 } from '../../fields/standards.js';
import { codes, column, yes } from './column.js';

export const custodyColumns = {
  receiver: column(
    'receiver',
    { type: 'creditCode' },
    ['接收方统一社会信用代码', '接收方', '收货方'],
    ['receiver', 'receiverCode', 'toParty'],
    GB_32100,
  ),
  sender: column(
    'sender',
    { type: 'creditCode' },
    ['移交方统一社会信用代码', '移交方', '发货方'],
    ['sender', 'senderCode', 'fromParty'],
    GB_32100,
  ),
  consignee: column(
    'consignee',
    { type: 'creditCode' },
    ['最终收货方统一社会信用代码', '最终收货方'],
    ['consignee', 'consigneeCode'],
    GB_32100,
  ),
  keepsOwner: column('keepsOwner', yes, ['只转移保管', '仅交保管'], ['custody only', 'keepOwnership']),
  refusalReason: column(
    'refusalReason',
    {
      type: 'codeList',
      codes: codes(REFUSAL_REASONS, reasonWords),
    },
    ['拒收原因'],
    ['refusal reason', 'rejectReason'],
  ),
} satisfies Readonly<Record<string, Column>>;
