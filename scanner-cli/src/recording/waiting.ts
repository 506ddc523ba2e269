import type { Context } from '../context.js';

/** After this long a person begins to wonder, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Waits for work with the ledger, and says after a while what is waited for. What is pushed lies signed on the disk, so that
 * the person may leave.
 */
export async function withPatience<T>(
  { output }: Pick<Context, 'output'>,
  work: Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const timer = setTimeout(() => {
    output.talk({
      zh: '正在等待账本……事件已签名并保存在设备队列中，可随时按 Ctrl-C 退出，之后用 huilian queue push 发送。',
      en: 'Waiting for the ledger. The events are signed and kept in the queue; Ctrl-C is safe, and huilian queue push sends them later.',
    });
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
