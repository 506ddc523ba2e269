import { CONTAINER_CATEGORIES, EXCEPTION_REASONS, reasonWords, SETTLEMENT_REASONS } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { codes, column, serial } from './column.js';

/** Members of containers, and of what differed when something changed hands. */
export const containerColumns = {
  containerNumber: column(
    'containerNumber',
    serial,
    ['载具编号', '托盘号', '周转笼号', '箱号'],
    ['container number', 'containerNo', 'palletNo', 'cageNo'],
  ),
  sscc: column(
    'sscc',
    {
      type: 'text',
      longest: 18,
      isCode: true,
      shape: {
        pattern: /^[0-9]{18}$/,
        about: { zh: '18 位数字', en: '18 digits' },
      },
    },
    ['系列货运包装箱代码', 'SSCC'],
    ['SSCC', 'serial shipping container code'],
    {
      zh: 'GB/T 18127《商品条码 物流单元编码与条码表示》',
      en: 'GB/T 18127, codes of logistic units (GS1 SSCC)',
    },
  ),
  containerCategory: column(
    'containerCategory',
    {
      type: 'codeList',
      codes: codes(CONTAINER_CATEGORIES, {
        pallet: { zh: '托盘', en: 'pallet' },
        cage: { zh: '周转笼', en: 'cage' },
        box: { zh: '箱', en: 'box' },
        truck: { zh: '车厢', en: 'truck' },
        rollContainer: { zh: '笼车', en: 'roll container' },
      }),
    },
    ['载具类型'],
    ['container kind', 'containerType'],
  ),
  innerContainer: column(
    'innerContainer',
    serial,
    ['装入的载具编号', '内装载具编号'],
    ['container within', 'innerContainerNo'],
  ),
  countedThings: column(
    'count',
    { type: 'integer', least: 0, most: 100_000 },
    ['清点件数', '实收件数'],
    ['count', 'countedPieces', 'receivedCount'],
  ),
  exceptionReason: column(
    'exceptionReason',
    {
      type: 'codeList',
      codes: codes(EXCEPTION_REASONS, reasonWords),
    },
    ['例外原因', '未收原因'],
    ['exception reason', 'shortReason'],
  ),
  settlementReason: column(
    'settlementReason',
    {
      type: 'codeList',
      codes: codes(SETTLEMENT_REASONS, {
        recounted: { zh: '复点无误', en: 'recounted' },
        reweighed: { zh: '复称无误', en: 'reweighed' },
        shortDelivered: { zh: '少交', en: 'short delivered' },
        lostInTransit: { zh: '途中灭失', en: 'lost in transit' },
        agreed: { zh: '双方同意', en: 'agreed' },
      }),
    },
    ['差异了结原因'],
    ['settlement reason', 'differenceReason'],
  ),
} satisfies Readonly<Record<string, Column>>;
