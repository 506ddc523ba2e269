import { BATTERY_DEFECTS, INCOMPLETE_REASONS } from '@huilian/core';
import type { Phrase } from '../../fields/phrase.js';
import type { Column } from '../../formats/format.js';
import { codes, column, mass, packCode, reference, version } from './column.js';

const GB_34015: Phrase = {
  zh: 'GB/T 34015《车用动力电池回收利用 余能检测》',
  en: 'GB/T 34015, residual capacity of traction batteries',
};

/** Members of the life of a traction battery. */
export const batteryColumns = {
  packCode,
  newPackCode: {
    ...packCode,
    name: 'newPackCode',
    headers: {
      zh: ['梯次利用产品编码', '新电池编码'] as const,
      en: ['new pack code', 'secondLifeCode'] as const,
    },
  },
  capacityPermille: column(
    'capacityPermille',
    { type: 'integer', least: 0, most: 1200 },
    ['剩余容量（千分比）'],
    ['capacity permille', 'residualCapacity'],
    GB_34015,
  ),
  capacityTable: column('capacityTable', version, ['梯次利用容量表版本'], ['capacity table version']),
  defect: column(
    'defect',
    {
      type: 'codeList',
      codes: codes(BATTERY_DEFECTS, {
        deformed: { zh: '变形', en: 'deformed' },
        leaking: { zh: '漏液', en: 'leaking' },
        insulation: { zh: '绝缘不良', en: 'insulation fault' },
        overheating: { zh: '过热', en: 'overheating' },
        flooded: { zh: '浸水', en: 'flooded' },
      }),
    },
    ['电池缺陷', '缺陷'],
    ['defect', 'batteryDefect'],
    GB_34015,
  ),
  addedGrams: column('addedGrams', mass(1_000_000_000), ['加装质量'], ['added mass', 'addedWeight']),
  traceNumber: column(
    'traceNumber',
    reference,
    ['溯源上报编号', '上报编号'],
    ['trace number', 'traceReportNo'],
    {
      zh: '《新能源汽车动力蓄电池回收利用溯源管理暂行规定》',
      en: 'Interim rules on tracing traction batteries',
    },
  ),
  incompleteReason: column(
    'incompleteReason',
    {
      type: 'codeList',
      codes: codes(INCOMPLETE_REASONS, {
        swapContract: { zh: '换电合同', en: 'swap contract' },
        leaseContract: { zh: '租赁合同', en: 'lease contract' },
        earlierReplacement: { zh: '此前已更换', en: 'earlier replacement' },
      }),
    },
    ['缺电池原因', '缺件原因'],
    ['incomplete reason', 'missingPackReason'],
  ),
} satisfies Readonly<Record<string, Column>>;
