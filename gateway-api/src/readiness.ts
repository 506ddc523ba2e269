import { HuilianError, type ErrorCode } from '@huilian/core';

type Facts = Readonly<Record<string, string | number>>;

/** One thing that must work before the gateway calls itself ready. */
export interface Check {
  readonly name: string;
  /** How long an answer is good. Default: half a second. */
  readonly freshMilliseconds?: number;
  /** Throws when it is not ready; may answer a fact worth showing. */
  probe(): Promise<Facts>;
}

interface CheckResult {
  readonly name: string;
  readonly ready: boolean;
  readonly code?: ErrorCode;
  readonly facts?: Facts;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly CheckResult[];
}

const defaultFreshMilliseconds = 500;
const patienceMilliseconds = 4_000;

/** Says what is ready and what is not. */
export class Readiness {
  private readonly watched: readonly Watched[];
  private stopping = false;
  private told = '';

  /** @param changed told when something else is missing than the last time that anybody asked. */
  constructor(
    checks: readonly Check[],
    private readonly changed: (report: ReadinessReport) => void = () => undefined,
  ) {
    this.watched = checks.map((check) => new Watched(check));
  }

  /** From now on the gateway is not ready, so that balancers look elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    if (this.stopping) return { ready: false, checks: [{ name: 'gateway', ready: false, code: 'HL-4050' }] };
    const checks = await Promise.all(this.watched.map((each) => each.result()));
    const report = { ready: checks.every(({ ready }) => ready), checks };
    const missing = checks.map(({ code }) => code ?? '').join(' ');
    if (missing !== this.told) this.changed(report);
    this.told = missing;
    return report;
  }
}

/** A check with its latest answer: many watchers cost no more than one, and a probe that hangs is not started again. */
class Watched {
  private latest: { readonly at: number; readonly result: Promise<CheckResult> } | undefined;
  private underWay: Promise<Facts> | undefined;

  constructor(private readonly check: Check) {}

  result(): Promise<CheckResult> {
    const { freshMilliseconds = defaultFreshMilliseconds } = this.check;
    if (this.latest === undefined || performance.now() - this.latest.at > freshMilliseconds) {
      this.latest = { at: performance.now(), result: this.look() };
    }
    return this.latest.result;
  }

  private async look(): Promise<CheckResult> {
    const { name } = this.check;
    try {
      return { name, ready: true, facts: await inTime(this.probe()) };
    } catch (error) {
      const known = error instanceof HuilianError ? error : new HuilianError('HL-4099');
      return { name, ready: false, code: known.code, facts: known.details };
    }
  }

  private probe(): Promise<Facts> {
    this.underWay ??= this.check.probe().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }
}

/** @throws HL-4051 when there is no answer in time. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new HuilianError('HL-4051', { reason: 'no answer in time' }));
    }, patienceMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
