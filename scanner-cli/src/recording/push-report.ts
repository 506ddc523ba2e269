import { catalogue, HuilianError, isErrorCode, type Details, type ErrorCode } from '@huilian/core';
import { Exit, type Context } from '../context.js';
import type { PushReport } from '../queue/index.js';

/**
 * Tells about gateways that were not good for anything, in words. What {@link whyWaiting} is going to explain is named by its
 * code only.
 */
export function tellGateways({ output }: Context, report: PushReport): void {
  const explained = report.waiting.length > 0 || report.closed ? reasonOf(report)?.code : undefined;
  for (const { url, outcome, code } of report.gateways) {
    if (outcome === 'used') continue;
    output.warn({
      zh: `网关 ${url}：${OUTCOMES[outcome].zh}${code ? `（${code}${code === explained ? '' : `：${catalogue[code].zh.what}`}）` : ''}`,
      en: `Gateway ${url}: ${OUTCOMES[outcome].en}${code ? ` (${code}${code === explained ? '' : `: ${catalogue[code].en.what}`})` : ''}`,
    });
  }
}

/**
 * Says in words why an event was refused, or what is to be known of one that was accepted.
 *
 * @param notice a code; the event is on the ledger, and there is something to do
 */
export function tellVerdict(
  { output }: Context,
  refusal: ErrorCode | undefined,
  notice: string | undefined,
  about: Details,
): void {
  if (notice !== undefined && isErrorCode(notice)) {
    const told = new HuilianError(notice, about);
    output.warn({ zh: `${notice} ${told.text('zh-CN')}`, en: `${notice} ${told.text('en')}` });
  }
  if (refusal !== undefined) output.error(new HuilianError(refusal, about));
}

const OUTCOMES = {
  offline: { zh: '没有应答', en: 'no answer' },
  untrue: {
    zh: '其答复没有得到组织签名的支持',
    en: 'its claims are not borne out by the signatures of organisations',
  },
  strange: { zh: '不是本接口的答复', en: 'no answer of this interface' },
  refused: { zh: '无法办理', en: 'could not take it' },
} as const;

/**
 * Says why batches stay in the queue.
 *
 * @returns the end of the command: 5 when they only wait for a network, else the exit code of what is in their way
 */
export function whyWaiting({ output }: Context, report: PushReport | undefined): Exit {
  const reason = reasonOf(report);
  if (reason) output.error(reason);
  else if (isOnlyUnsealed(report)) {
    output.talk({
      zh: '已签名，封存前保存在设备队列中：huilian queue undo 可撤销，封存后自动发送，或用 huilian queue push --now 立即发送。',
      en: 'Signed and kept until it is sealed: huilian queue undo takes it back. It is sent when it is sealed, or by huilian queue push --now.',
    });
  } else {
    output.talk({
      zh: '已签名并保存在设备队列中；联网后运行 huilian queue push。',
      en: 'Signed and kept in the queue of the device; run huilian queue push when there is a network.',
    });
  }
  return new Exit(reason?.row.exit ?? OFFLINE);
}

const OFFLINE = 5;

/** Whether all that waits may still be taken back, and waits for nothing else. */
function isOnlyUnsealed(report: PushReport | undefined): boolean {
  return report?.unsealed !== undefined && report.unsealed === report.waiting.length;
}

function reasonOf(report: PushReport | undefined): HuilianError | undefined {
  if (!report || (isOnlyUnsealed(report) && !report.closed)) return undefined;
  const { stopped, closed, gateways } = report;
  if (closed) return new HuilianError(closed);
  if (stopped) return new HuilianError(stopped.code, { ...stopped.details, sequence: stopped.sequence });
  const untrue = gateways.find(({ outcome }) => outcome === 'untrue');
  if (untrue) return new HuilianError(untrue.code ?? 'HL-7016', { ...untrue.details, gateway: untrue.url });
  return new HuilianError('HL-7015', { gateways: gateways.map(({ url }) => url).join(', ') });
}
