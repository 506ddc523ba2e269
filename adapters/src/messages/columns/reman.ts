import { REMAN_SCHEMES } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { GB_32100 } from '../../fields/standards.js';
import { codes, column, fen, namedCategory, ordinal, reference, version } from './column.js';

/** Members of sales for an old part, and of what is due for it. */
export const remanColumns = {
  seller: column(
    'seller',
    { type: 'creditCode' },
    ['销售方统一社会信用代码', '销售方'],
    ['seller', 'sellerCode'],
    GB_32100,
  ),
  saleNumber: column('saleNumber', reference, ['销售单号', '订单号'], ['sale number', 'orderNo', 'saleNo']),
  saleLine: column('saleLine', ordinal(999), ['销售单行号', '订单行号'], ['sale line', 'orderLine']),
  priceFen: column('priceFen', fen, ['售价', '销售价格'], ['price', 'salePrice']),
  corePriceFen: column('corePriceFen', fen, ['旧件价格', '旧件折价'], ['core price', 'oldPartPrice']),
  depositFen: column('depositFen', fen, ['旧件押金', '押金'], ['deposit', 'coreDeposit']),
  statePilotVersion: column(
    'statePilotVersion',
    version,
    ['试点补贴表版本'],
    ['state pilot version', 'pilotVersion'],
  ),
  coreDepositVersion: column(
    'coreDepositVersion',
    version,
    ['旧件押金表版本'],
    ['core deposit version', 'depositVersion'],
  ),
  scheme: column(
    'scheme',
    {
      type: 'codeList',
      codes: codes(REMAN_SCHEMES, {
        statePilot: { zh: '国家试点补贴', en: 'state pilot' },
        coreDeposit: { zh: '旧件押金', en: 'core deposit' },
      }),
    },
    ['补贴方案', '权益类型'],
    ['scheme', 'entitlementKind'],
  ),
  missingPart: column(
    'missingPart',
    namedCategory,
    ['缺失零部件', '缺件'],
    ['missing part', 'missing', 'lackingPart'],
  ),
} satisfies Readonly<Record<string, Column>>;
