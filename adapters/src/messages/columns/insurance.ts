import { COVERS } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import type { Phrase } from '../../fields/phrase.js';
import { GB_32100 } from '../../fields/standards.js';
import { codes, column, fen, namedCategory, number, ordinal, reference, yes } from './column.js';

/** 《保险法》 names recourse in article 60; kinds of cover are those of the compulsory and the model commercial terms. */
const COVER_TERMS: Phrase = {
  zh: '《机动车交通事故责任强制保险条例》、《机动车商业保险示范条款》',
  en: 'Compulsory traffic insurance regulation; model terms of commercial motor insurance',
};

/** Members of claims, approved lines and payments. */
export const insuranceColumns = {
  claimNumber: column(
    'claimNumber',
    reference,
    ['赔付申请号', '赔付号', '立案号'],
    ['claim number', 'claimId', 'registNo'],
  ),
  cover: column(
    'cover',
    {
      type: 'codeList',
      codes: codes(COVERS, {
        compulsory: { zh: '交强险', en: 'compulsory traffic insurance' },
        ownDamage: { zh: '车损险', en: 'own damage' },
        thirdPartyLiability: { zh: '商业三者险', en: 'third-party liability' },
        recourse: { zh: '代位追偿', en: 'recourse' },
      }),
    },
    ['险种', '险别'],
    ['cover', 'coverKind', 'kindCode'],
    COVER_TERMS,
  ),
  against: column(
    'against',
    { type: 'creditCode' },
    ['被追偿保险公司统一社会信用代码', '被追偿方'],
    ['recourse against', 'againstCode'],
    GB_32100,
  ),
  claimant: column(
    'claimant',
    { type: 'creditCode' },
    ['申请赔付的保险公司统一社会信用代码', '追偿方'],
    ['claimant', 'claimantCode'],
    GB_32100,
  ),
  line: column('line', ordinal(999), ['定损项目号', '项目号', '项目序号'], ['line', 'lineNo', 'itemNo']),
  lineVersion: column(
    'lineVersion',
    ordinal(99),
    ['定损版本', '增补定损版本', '版本号'],
    ['line version', 'lineVer', 'estimateVersion'],
  ),
  amountFen: column('amountFen', fen, ['金额', '赔付金额', '核损金额'], ['amount', 'sumPaid', 'lossAmount']),
  salt: column(
    'salt',
    {
      type: 'text',
      longest: 22,
      isCode: true,
      shape: {
        pattern: /^[A-Za-z0-9_-]{21}[AQgw]$/,
        about: { zh: '16 个随机字节，base64url', en: '16 random bytes in base64url' },
      },
    },
    ['随机盐'],
    ['salt', 'commitmentSalt'],
    { zh: 'RFC 4648 第 5 节', en: 'RFC 4648, section 5' },
  ),
  approvedCategory: column(
    'approvedCategory',
    namedCategory,
    ['核定零部件类别', '更换零部件类别'],
    ['approved category', 'replacementCategory'],
  ),
  quantity: column('quantity', number(40), ['核定数量', '更换数量'], ['quantity', 'approvedQuantity']),
  allowsNewPart: column('allowsNewPart', yes, ['允许新件'], ['allows new part', 'newPartAllowed']),
  allowsSecondHandPart: column(
    'allowsSecondHandPart',
    yes,
    ['允许回用件', '允许二手件'],
    ['allows second-hand part', 'secondHandAllowed'],
  ),
  allowsRemanufacturedPart: column(
    'allowsRemanufacturedPart',
    yes,
    ['允许再制造产品', '允许再制造件'],
    ['allows remanufactured part', 'remanAllowed'],
  ),
  partNumber: column('partNumber', reference, ['零件号', '原厂零件号'], ['part number', 'oemNumber']),
  equivalentNumber: column(
    'equivalentNumber',
    reference,
    ['等效零件号', '替代零件号'],
    ['equivalent number', 'equivalentPartNumber'],
  ),
} satisfies Readonly<Record<string, Column>>;
