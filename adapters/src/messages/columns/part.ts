import { CORE_GRADES } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { codes, column, digest, mass, namedCategory, reference, serial } from './column.js';

export const partColumns = {
  partSerial: column(
    'partSerial',
    serial,
    ['零部件序列号', '零件序列号', '部件编号', '出厂编号'],
    ['part serial', 'serialNo', 'partNo', 'partSn'],
  ),
  coreSerial: column(
    'coreSerial',
    serial,
    ['旧件序列号', '旧件编号'],
    ['core serial', 'coreNo', 'oldPartNo'],
  ),
  productSerial: column(
    'productSerial',
    serial,
    ['再制造产品序列号', '再制造产品编号'],
    ['product serial', 'productNo', 'remanNo'],
  ),
  category: column(
    'category',
    namedCategory,
    ['类别', '零部件类别', '品类'],
    ['category', 'partCategory', 'partType'],
  ),
  partClass: column(
    'partClass',
    {
      type: 'codeList',
      codes: codes(['newPart', 'usedPart'] as const, {
        newPart: { zh: '新件', en: 'new part' },
        usedPart: { zh: '旧件', en: 'used part' },
      }),
    },
    ['零部件分类', '新旧'],
    ['part class', 'partCondition'],
  ),
  massGrams: column(
    'massGrams',
    mass(1_000_000_000),
    ['质量', '重量', '净重'],
    ['mass', 'weight', 'netWeight'],
  ),
  result: column(
    'result',
    {
      type: 'codeList',
      codes: [
        { code: 'fit', name: { zh: '合格', en: 'fit' }, also: ['pass', 'OK', '通过'] },
        { code: 'unfit', name: { zh: '不合格', en: 'unfit' }, also: ['fail', 'NG', '未通过'] },
      ],
    },
    ['检验结果', '检测结果'],
    ['result', 'inspectionResult'],
  ),
  partCode: column(
    'partCode',
    serial,
    ['零部件编码', '总成编码', '新编码'],
    ['part code', 'assemblyCode', 'newCode'],
  ),
  model: column('model', { type: 'text', longest: 60 }, ['型号', '总成型号'], ['model', 'modelNo']),
  mark: column('mark', reference, ['标识编号', '回用件标识', '再制造标识'], ['mark', 'markNo']),
  grade: column(
    'grade',
    {
      type: 'codeList',
      codes: codes(CORE_GRADES, {
        A: { zh: '甲级', en: 'grade A' },
        B: { zh: '乙级', en: 'grade B' },
        C: { zh: '丙级', en: 'grade C' },
        unfit: { zh: '不可再制造', en: 'not to be remanufactured' },
      }),
    },
    ['旧件等级', '分级结果'],
    ['grade', 'coreGrade'],
  ),
  outputKind: {
    ...column(
      'kind',
      {
        type: 'codeList',
        codes: [
          { code: 'part', name: { zh: '零部件', en: 'part' }, also: ['零件', '部件', '总成'] },
          {
            code: 'battery',
            name: { zh: '动力电池', en: 'traction battery' },
            also: ['动力电池包', '电池包', '动力蓄电池'],
          },
          {
            code: 'lot',
            name: { zh: '材料批次', en: 'lot of material' },
            also: ['批次', '材料', '物料', 'material'],
          },
          { code: 'device', name: { zh: '电器', en: 'appliance' }, also: ['整机', '家电', 'unit'] },
        ],
      },
      ['产出种类'],
      ['kind', 'outputKind'],
    ),
    required: true,
  },
  evidenceSha256: column(
    'evidenceSha256',
    digest,
    ['证据摘要', '附件摘要'],
    ['evidence', 'evidenceDigest', 'photoSha256'],
    { zh: 'SHA-256 摘要（FIPS 180-4）', en: 'SHA-256 digest (FIPS 180-4)' },
  ),
} satisfies Readonly<Record<string, Column>>;
