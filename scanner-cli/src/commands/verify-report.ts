import type { Language } from '@huilian/core';
import type { LedgerReport, VerifiedProof } from '@huilian/verifier';
import { padded, widthOf } from '../width.js';
import { say, type Phrase } from '../language.js';
import { timeText, typeText, verdictText } from '../words.js';

/** What a proof proves, as data. */
export function provedOf({ proof, receipt, organisations }: VerifiedProof) {
  const { keyId, sequence } = proof.header;
  return {
    event: `${keyId}.${sequence}.${proof.index}`,
    type: proof.event.type,
    verdict: proof.verdict,
    time: receipt.time,
    organisations,
  };
}

/** What a proof proves, for a person. */
export function proofText(proved: VerifiedProof, language: Language): string {
  const { event, type, verdict, time, organisations } = provedOf(proved);
  // The mark is that of the check, whatever the ledger said of the event.
  const found = { zh: '证明属实', en: 'the proof holds' };
  return [
    `✓ ${say(found, language)}: ${typeText(type, language)}  ${verdictText(verdict, language)}`,
    `  ${event}`,
    `  ${timeText(time)}`,
    `  ${organisations.join(', ')}`,
  ].join('\n');
}

const LABELS: readonly (readonly [keyof LedgerReport, Phrase])[] = [
  ['ledger', { zh: '账本', en: 'ledger' }],
  ['blocks', { zh: '区块', en: 'blocks' }],
  ['configurations', { zh: '通道配置', en: 'configurations' }],
  ['transactions', { zh: '交易', en: 'transactions' }],
  ['validTransactions', { zh: '有效交易', en: 'valid transactions' }],
  ['batches', { zh: '批次', en: 'batches' }],
  ['events', { zh: '事件', en: 'events' }],
  ['refused', { zh: '被拒绝的事件', en: 'refused events' }],
  ['rows', { zh: '推算出的状态行', en: 'rows computed' }],
  ['stateRows', { zh: '已比对的世界状态行', en: 'rows of the world state compared' }],
  ['readModelRows', { zh: '已比对的读模型行', en: 'rows of the read model compared' }],
  ['readModelBatches', { zh: '已比对的读模型批次', en: 'batches of the read model compared' }],
  ['readModelEvents', { zh: '已比对的读模型事件', en: 'events of the read model compared' }],
  ['readModelLinks', { zh: '已比对的读模型关联', en: 'links of the read model compared' }],
  ['readModelFindings', { zh: '已比对的异常发现', en: 'findings of the read model compared' }],
  ['readModelClocks', { zh: '已比对的时限', en: 'time limits of the read model compared' }],
  ['chaincodeVersion', { zh: '链码版本', en: 'chaincode' }],
];
const HEAD: Phrase = { zh: '最后一个相符的区块', en: 'last block that holds' };
const ORDERERS: Phrase = { zh: '每个区块的排序节点签名', en: 'orderers that signed each block' };
const GAP = 2;

/** The report of a verification for a person: what was checked, who ordered, the first difference with its evidence. */
export function reportText(report: LedgerReport, language: Language): string {
  const labels = [...LABELS.map(([, phrase]) => phrase), HEAD, ORDERERS];
  const width = GAP + Math.max(...labels.map((phrase) => widthOf(say(phrase, language))));
  const line = (phrase: Phrase, value: string | number): string =>
    `  ${padded(say(phrase, language), width)}${value}`;
  const counts = LABELS.flatMap(([name, phrase]) => {
    const value = report[name];
    return typeof value === 'string' || typeof value === 'number' ? [line(phrase, value)] : [];
  });
  const { head, ordererSignatures: signed, firstDifference } = report;
  if (head) counts.push(line(HEAD, `${head.number}  ${head.hash}`));
  if (signed) counts.push(line(ORDERERS, signed.count));
  const result = report.ok
    ? { zh: '✓ 无差异', en: '✓ no difference' }
    : { zh: '✗ 发现差异', en: '✗ a difference was found' };
  const difference = firstDifference ? ['', JSON.stringify(firstDifference, undefined, 2)] : [];
  return [say(result, language), ...counts, ...difference].join('\n');
}
