import { HOLD_REASONS, TOTAL_LOSSES } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { FINER_TYPES, VEHICLE_TYPES } from '../../formats/vehicle-types.js';
import { GB_16735, GB_22128, GB_32100, ORDER_715 } from '../../fields/standards.js';
import { category, codes, column, mass, reference, version } from './column.js';

export const vehicleColumns = {
  vin: column(
    'vin',
    { type: 'vin' },
    ['车辆识别代号', '车架号', '车辆识别代码', 'VIN码'],
    ['VIN', 'vehicle identification number', 'chassis number', 'frameNo', 'vinNo'],
    GB_16735,
  ),
  vehicleType: column(
    'vehicleType',
    { ...category, words: [...VEHICLE_TYPES, ...FINER_TYPES] },
    ['车辆类型', '车型类别', '车辆种类'],
    ['vehicle type', 'carType', 'vehicleKind'],
    { zh: 'GA 802《道路交通管理 机动车类型》，归并', en: 'GA 802, types of motor vehicles, merged' },
  ),
  lossNumber: column(
    'lossNumber',
    reference,
    ['赔案号', '报案号', '案件号'],
    ['loss number', 'claimNo', 'reportNo', 'lossNo', 'caseNo'],
  ),
  lossDay: column(
    'lossDay',
    { type: 'date', earliest: '1990-01-01', latest: '2099-12-31' },
    ['出险日期', '事故日期'],
    ['day of loss', 'accidentDate', 'lossDate'],
  ),
  totalLoss: column(
    'totalLoss',
    {
      type: 'codeList',
      codes: codes(TOTAL_LOSSES, {
        constructive: { zh: '推定全损', en: 'constructive total loss' },
        mustScrap: { zh: '必须报废', en: 'must be scrapped' },
      }),
    },
    ['全损类型', '全损类别'],
    ['total loss', 'lossType', 'totalLossKind'],
  ),
  buyer: column(
    'buyer',
    { type: 'creditCode' },
    ['买方统一社会信用代码', '买方'],
    ['buyer', 'buyerCode', 'buyer credit code'],
    GB_32100,
  ),
  sourceKind: column(
    'sourceKind',
    {
      type: 'codeList',
      codes: [
        { code: 'household', name: { zh: '居民', en: 'household' }, also: ['个人'] },
        { code: 'public', name: { zh: '公共机构', en: 'public body' } },
        { code: 'participant', name: { zh: '企业', en: 'enterprise' }, also: ['单位'] },
      ],
    },
    ['来源类型', '车主类型'],
    ['source kind', 'ownerType'],
  ),
  slip: column('slip', reference, ['来源单号', '交车单号'], ['slip', 'slipNo']),
  certificateNumber: column(
    'certificateNumber',
    reference,
    ['回收证明编号', '报废机动车回收证明编号', '证明编号', '回收证明号'],
    ['certificate number', 'certNo', 'certificateNo'],
    ORDER_715,
  ),
  netMassGrams: column(
    'netMassGrams',
    mass(60_000_000),
    ['净重', '过磅净重', '称重净重'],
    ['net mass', 'netWeight', 'weighed mass'],
    GB_22128,
  ),
  lossGrams: column('lossGrams', mass(1_000_000_000), ['损耗', '损耗重量'], ['loss mass', 'lossWeight']),
  toleranceVersion: column('toleranceVersion', version, ['质量允差表版本'], ['tolerance version']),
  holdReason: column(
    'holdReason',
    {
      type: 'codeList',
      codes: codes(HOLD_REASONS, {
        suspectedStolen: { zh: '涉嫌盗抢', en: 'suspected stolen' },
        alteredIdentity: { zh: '识别代号被改动', en: 'altered identity' },
        underInvestigation: { zh: '调查中', en: 'under investigation' },
      }),
    },
    ['锁定原因', '扣留原因'],
    ['hold reason'],
    ORDER_715,
  ),
  supervised: column(
    'supervised',
    {
      type: 'codeList',
      codes: [{ code: 'yes', name: { zh: '是', en: 'yes' }, also: ['须监督', 'true', '1'] }],
    },
    ['监督解体', '须监督解体'],
    ['supervised'],
    ORDER_715,
  ),
} satisfies Readonly<Record<string, Column>>;
