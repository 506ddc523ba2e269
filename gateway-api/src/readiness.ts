import { HuilianError, type ErrorCode } from '@huilian/core';

/** One thing that must work before the gateway calls itself ready. */
export interface Check {
  readonly name: string;
  /** Throws when it is not ready; may answer a fact worth showing. */
  probe(): Promise<Readonly<Record<string, string | number>>>;
}

interface CheckResult {
  readonly name: string;
  readonly ready: boolean;
  readonly code?: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly CheckResult[];
}

/** How long an answer is good, milliseconds: many watchers cost no more than one. */
const freshMilliseconds = 500;
const patienceMilliseconds = 4_000;

/** Says what is ready and what is not. */
export class Readiness {
  private latest: { readonly at: number; readonly report: Promise<ReadinessReport> } | undefined;
  private stopping = false;

  constructor(private readonly checks: readonly Check[]) {}

  /** From now on the gateway is not ready, so that balancers look elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    if (this.stopping) return { ready: false, checks: [{ name: 'gateway', ready: false, code: 'HL-4050' }] };
    if (this.latest === undefined || performance.now() - this.latest.at > freshMilliseconds) {
      this.latest = { at: performance.now(), report: this.look() };
    }
    return this.latest.report;
  }

  private async look(): Promise<ReadinessReport> {
    const checks = await Promise.all(this.checks.map(probe));
    return { ready: checks.every(({ ready }) => ready), checks };
  }
}

async function probe(check: Check): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new HuilianError('HL-4051', { reason: 'no answer in time' }));
    }, patienceMilliseconds);
  });
  try {
    const facts = await Promise.race([check.probe(), late]);
    return { name: check.name, ready: true, facts };
  } catch (error) {
    const known = error instanceof HuilianError ? error : new HuilianError('HL-4099');
    return { name: check.name, ready: false, code: known.code, facts: known.details };
  } finally {
    clearTimeout(timer);
  }
}
