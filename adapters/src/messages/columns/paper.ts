import type { Column } from '../../formats/format.js';
import { GB_32100 } from '../../fields/standards.js';
import { column, digest, reference } from './column.js';

/** Members of a slip: of an enterprise that is not on the ledger, or of a household, which is a number and never a name. */
export const paperColumns = {
  slipSha256: column('slipSha256', digest, ['单据摘要', '纸质单据摘要'], ['slip digest', 'slipHash'], {
    zh: 'SHA-256 摘要（FIPS 180-4）',
    en: 'SHA-256 digest (FIPS 180-4)',
  }),
  paperParty: column(
    'paperParty',
    { type: 'creditCode' },
    ['未上账本企业统一社会信用代码', '纸面对方'],
    ['party on paper', 'paperPartyCode', 'offLedgerParty'],
    GB_32100,
  ),
  paperLicence: column(
    'paperLicence',
    reference,
    ['对方许可编号', '许可证编号'],
    ['licence of the party', 'licenceNo', 'permitNo'],
  ),
  household: column(
    'household',
    reference,
    ['居民交接单号', '居民单据号'],
    ['household slip', 'householdSlipNo'],
  ),
} satisfies Readonly<Record<string, Column>>;
