import { DISPOSAL_METHODS } from '@huilian/core';
import type { Phrase } from '../../fields/phrase.js';
import type { Column } from '../../formats/format.js';
import { GB_32100 } from '../../fields/standards.js';
import { category, codes, column, digest, mass, namedCategory, number, reference, serial } from './column.js';

const WASTE_LIST: Phrase = { zh: '《国家危险废物名录》', en: 'National catalogue of hazardous waste' };
const TRANSFER: Phrase = {
  zh: '《危险废物转移管理办法》',
  en: 'Measures for the transfer of hazardous waste',
};
const SCALE: Phrase = { zh: '《计量法》第九条', en: 'Metrology law, article 9' };

/** Members of lots of material, truck loads and manifests. */
export const lotColumns = {
  lotNumber: column('lotNumber', serial, ['批次号', '批号'], ['lot number', 'lotNo', 'batchNo']),
  newLotNumber: column('newLotNumber', serial, ['新批次号', '产出批次号'], ['new lot number', 'outputLotNo']),
  pieces: column('pieces', number(1_000_000), ['件数'], ['pieces', 'pieceCount']),
  ticket: column('ticket', reference, ['磅单号', '地磅单号'], ['ticket', 'weighTicket'], SCALE),
  ticketSha256: column('ticketSha256', digest, ['磅单摘要'], ['ticket digest', 'ticketHash'], SCALE),
  grossGrams: column('grossGrams', mass(1_000_000_000), ['毛重'], ['gross mass', 'grossWeight'], SCALE),
  tareGrams: column('tareGrams', mass(1_000_000_000), ['皮重'], ['tare', 'tareWeight'], SCALE),
  netGrams: column('netGrams', mass(1_000_000_000), ['净重', '过磅净重'], ['net mass', 'netWeight'], SCALE),
  scale: column('scale', reference, ['衡器编号'], ['scale', 'scaleNo'], SCALE),
  calibratedUntil: column(
    'calibratedUntil',
    { type: 'time', earliest: '2000-01-01', latest: '2099-12-31', isAhead: true },
    ['检定有效期止'],
    ['calibrated until', 'calibrationExpiry'],
    SCALE,
  ),
  estimatedPieces: column(
    'estimatedPieces',
    number(1_000_000),
    ['估计件数', '预估台数'],
    ['estimated pieces', 'estimatedCount'],
  ),
  declaredCategory: column(
    'declaredCategory',
    namedCategory,
    ['申报类别'],
    ['declared category', 'declaredKind'],
  ),
  residueGrams: column(
    'residueGrams',
    mass(1_000_000_000),
    ['残余', '分选残余'],
    ['residue', 'residueWeight'],
  ),
  process: column('process', category, ['工艺', '加工工艺'], ['process', 'treatment']),
  sampleNumber: column('sampleNumber', reference, ['样品编号'], ['sample number', 'sampleNo']),
  wasteCode: column(
    'wasteCode',
    {
      type: 'text',
      longest: 10,
      isCode: true,
      shape: {
        pattern: /^[0-9]{3}-[0-9]{3}-[0-9]{2}$/,
        about: { zh: '八位危险废物代码，如 900-045-49', en: 'eight digits, such as 900-045-49' },
      },
    },
    ['危险废物代码', '废物代码'],
    ['waste code', 'hwCode'],
    WASTE_LIST,
  ),
  manifestNumber: column(
    'manifestNumber',
    {
      type: 'text',
      longest: 30,
      isCode: true,
      inCapitals: true,
      shape: {
        pattern: /^[0-9A-Z]{6,30}$/,
        about: { zh: '6 至 30 位数字或大写字母', en: '6 to 30 digits or capital letters' },
      },
    },
    ['转移联单编号', '联单编号', '联单号'],
    ['manifest number', 'manifestNo'],
    TRANSFER,
  ),
  carrier: column(
    'carrier',
    { type: 'creditCode' },
    ['承运人统一社会信用代码', '承运人'],
    ['carrier', 'carrierCode'],
    GB_32100,
  ),
  handler: column(
    'handler',
    { type: 'creditCode' },
    ['处置单位统一社会信用代码', '接收单位'],
    ['handler', 'handlerCode'],
    GB_32100,
  ),
  disposalMethod: column(
    'disposalMethod',
    {
      type: 'codeList',
      codes: codes(DISPOSAL_METHODS, {
        smelted: { zh: '冶炼', en: 'smelted' },
        shredded: { zh: '破碎', en: 'shredded' },
        hazardousTreatment: { zh: '危险废物处置', en: 'hazardous-waste treatment' },
        landfill: { zh: '填埋', en: 'landfill' },
      }),
    },
    ['处置方式'],
    ['disposal method', 'treatmentMethod'],
  ),
} satisfies Readonly<Record<string, Column>>;
