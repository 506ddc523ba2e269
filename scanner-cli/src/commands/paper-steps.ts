import { HuilianError, isCreditCode, SETTLEMENT_REASONS } from '@huilian/core';
import { expected } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { chosen, flag, named, text, type Command, type CommandOption, type Options } from './command.js';
import { creditCode, digestOf, grams } from './item-events.js';
import { cites, step } from './step.js';

const slipOptions = (party: string, about: CommandOption['about']): readonly CommandOption[] => [
  { flags: `--${party} <party>`, about, required: true },
  {
    flags: '--document <file>',
    about: {
      zh: '单据的照片或扫描件，只记录其摘要',
      en: 'photograph or scan of the slip, recorded by its digest',
    },
    required: true,
  },
  { flags: '--licence <number>', about: { zh: '企业的许可编号', en: 'licence number of an enterprise' } },
  { flags: '--mass <grams>', about: { zh: '单据上的质量（克）', en: 'mass on the slip, in grams' } },
  {
    flags: '--keep-ownership',
    about: { zh: '只转移保管，不转移所有权', en: 'custody only; ownership stays' },
  },
];

/** What a slip says. @throws HuilianError HL-7031, HL-7032 */
async function slipOf(options: Options, party: string) {
  const massGrams = grams(options, 'mass');
  const licence = text(options, 'licence');
  return {
    document: await digestOf(named(options, 'document')),
    ...partyOf(named(options, party), party),
    ...(licence === undefined ? {} : { licence }),
    ...(massGrams === undefined ? {} : { massGrams }),
    ...(flag(options, 'keepOwnership') ? { keepOwnership: true } : {}),
  };
}

/** A credit code, or `household:SLIP`. A household is a slip, never a name. @throws HuilianError HL-1031, HL-7031 */
function partyOf(party: string, option: string): { creditCode: string } | { household: string } {
  const [, slip] = /^household:(.+)$/.exec(party) ?? [];
  if (slip !== undefined) return { household: slip };
  if (party.includes(':')) throw expected(`--${option}`, 'credit code, household:SLIP');
  if (!isCreditCode(party)) throw new HuilianError('HL-1031', { option: `--${option}`, value: party });
  return { creditCode: party };
}

const PARTY = {
  to: {
    zh: '不在账本上的接收方：信用代码，或 household:单号',
    en: 'receiver off the ledger: credit code, or household:SLIP',
  },
  from: {
    zh: '不在账本上的交出方：信用代码，或 household:单号',
    en: 'giver off the ledger: credit code, or household:SLIP',
  },
};

/** Custody of parties that are not on the ledger, and differences that two sides settle. */
export const paperSteps: readonly Command[] = [
  step(
    'paper give',
    { zh: '凭纸质单据交给未上账本的一方', en: 'hand over on paper to a party off the ledger' },
    slipOptions('to', PARTY.to),
    async (context, item, options) =>
      itemEvent(context, 'acceptOnBehalf', item, await slipOf(options, 'to'), cites(options)),
  ),
  step(
    'paper take',
    { zh: '凭纸质单据从未上账本的一方收回', en: 'take back on paper from a party off the ledger' },
    slipOptions('from', PARTY.from),
    async (context, item, options) =>
      itemEvent(context, 'receiveOnPaper', item, await slipOf(options, 'from'), cites(options)),
  ),
  step(
    'settle',
    { zh: '了结交接差异', en: 'settle a difference of a change of hands' },
    [
      {
        flags: '--reason <reason>',
        about: { zh: '原因', en: 'reason' },
        choices: SETTLEMENT_REASONS,
        required: true,
      },
      {
        flags: '--from <creditCode>',
        about: {
          zh: '只了结此移交方的交接差异；默认为与本方有关的全部',
          en: 'only of what this giver handed over; all that are yours by default',
        },
      },
    ],
    (context, item, options) => {
      const reason = chosen(options, 'reason', SETTLEMENT_REASONS);
      const isOfOne = text(options, 'from') !== undefined;
      const data = { reason, ...(isOfOne && { from: creditCode(options, 'from') }) };
      return itemEvent(context, 'settleDifference', item, data, cites(options));
    },
  ),
];
