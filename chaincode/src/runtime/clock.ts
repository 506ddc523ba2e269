import { HuilianError } from '@huilian/core';

/** Seconds that a transaction's timestamp may be off the endorser's clock. */
export const WINDOW = 300;

/**
 * Admits a transaction's time only near the clock of this process. The one place that reads a clock: the check can fail
 * an endorsement but never change a result.
 *
 * @param time seconds since 1970
 * @throws HuilianError HL-3011
 */
export function checkTime(time: number, now = Math.floor(Date.now() / 1000)): void {
  const off = time - now;
  if (Math.abs(off) > WINDOW) throw new HuilianError('HL-3011', { seconds: off });
}
