import { HuilianError } from '@huilian/core';
import { Exit, type Context } from '../context.js';
import type { PushReport } from '../queue/index.js';

/** Tells about gateways that were not good for anything, the lying ones first of all. */
export function tellGateways({ output }: Context, { gateways }: PushReport): void {
  for (const { url, outcome, code, details } of gateways) {
    if (outcome === 'used') continue;
    const reason = code === undefined ? '' : ` ${code} ${JSON.stringify(details ?? {})}`;
    output.warn({
      zh: `网关 ${url}：${OUTCOMES[outcome].zh}${reason}`,
      en: `Gateway ${url}: ${OUTCOMES[outcome].en}${reason}`,
    });
  }
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
  else {
    output.talk({
      zh: '已签名并保存在设备队列中；联网后运行 huilian queue push。',
      en: 'Signed and kept in the queue of the device; run huilian queue push when there is a network.',
    });
  }
  return new Exit(reason?.row.exit ?? OFFLINE);
}

const OFFLINE = 5;

function reasonOf(report: PushReport | undefined): HuilianError | undefined {
  if (!report) return undefined;
  const { stopped, closed, gateways } = report;
  if (closed) return new HuilianError(closed);
  if (stopped) return new HuilianError(stopped.code, { ...stopped.details, sequence: stopped.sequence });
  const untrue = gateways.find(({ outcome }) => outcome === 'untrue');
  if (untrue) return new HuilianError(untrue.code ?? 'HL-7016', { ...untrue.details, gateway: untrue.url });
  return new HuilianError('HL-7015', { gateways: gateways.map(({ url }) => url).join(', ') });
}
