import { describe, expect, it } from 'vitest';
import { clocksOf } from './clocks.js';
import { dayOfDate } from './day.js';
import type { TimedEvent } from './timed-event.js';
import { at, clocks, tables, told } from './clocks.testing.js';

describe('the clock of the certificate', () => {
  const received = at(20250120, 'receive');

  it('runs, is due soon, and is overdue from the day after the last', () => {
    const on = (asOf: number) => told('certificate', clocks({ events: [received] }, asOf));
    expect(on(20250119)).toEqual([]);
    expect(on(20250120)).toEqual(['running 20250127']);
    expect(on(20250124)).toEqual(['running 20250127']);
    expect(on(20250125)).toEqual(['dueSoon 20250127']);
    expect(on(20250127)).toEqual(['dueSoon 20250127']);
    expect(on(20250128)).toEqual(['overdue 20250127']);
  });

  it('is met until the last second of the last day at UTC+8, and late a second after', () => {
    const issued = (date: number, second: number) =>
      told('certificate', clocks({ events: [received, at(date, 'issueCertificate', { second })] }, 20250301));
    expect(issued(20250127, 86_399)).toEqual(['met 20250127']);
    expect(issued(20250128, 0)).toEqual(['metLate 20250127']);
  });

  it('names the events and the days, and says that its term is not confirmed', () => {
    const events = [received, at(20250121, 'issueCertificate')];
    expect(clocks({ events }, 20250301).filter(({ name }) => name === 'certificate')).toEqual([
      {
        name: 'certificate',
        state: 'met',
        startedBy: 'receive-20250120',
        started: dayOfDate(20250120),
        stoppedBy: 'issueCertificate-20250121',
        stopped: dayOfDate(20250121),
        due: dayOfDate(20250127),
        confirmed: false,
      },
    ]);
  });

  it('is not started by somebody whose duty it is not, nor by a thing of another kind', () => {
    expect(clocks({ events: [at(20250120, 'receive', { role: 'carrier' })] }, 20250301)).toEqual([]);
    expect(told('certificate', clocks({ kind: 'part', events: [received] }, 20250301))).toEqual([]);
  });

  it('is neither stopped nor started by what a correction took back', () => {
    const issued = at(20250124, 'issueCertificate');
    const history = { events: [received, issued] };
    const without = (id: string) => clocks({ ...history, takenBack: new Set([id]) }, 20250129);
    expect(told('certificate', without(issued.id))).toEqual(['overdue 20250127']);
    expect(told('certificate', without(received.id))).toEqual([]);
  });

  it('looks at nothing that came after the day asked about', () => {
    const events = [received, at(20250210, 'issueCertificate')];
    expect(told('certificate', clocks({ events }, 20250209))).toEqual(['overdue 20250127']);
    expect(told('certificate', clocks({ events }, 20250210))).toEqual(['metLate 20250127']);
  });
});

describe('the clocks of a traction battery', () => {
  const battery = (asOf: number, ...events: TimedEvent[]) =>
    clocks({ kind: 'battery', traits: ['traction'], events }, asOf);

  it('give the dismantler fifteen working days across the Spring Festival of 2025', () => {
    const certificate = at(20250125, 'issueCertificate');
    expect(told('traceCertificate', battery(20250220, certificate))).toEqual(['dueSoon 20250220']);
    expect(told('traceCertificate', battery(20250221, certificate))).toEqual(['overdue 20250220']);
    const reported = at(20250221, 'reportTrace');
    expect(told('traceCertificate', battery(20250301, certificate, reported))).toEqual(['metLate 20250220']);
  });

  it('run for each step, and one report stops all that run', () => {
    const found = battery(
      20250601,
      at(20250303, 'issueCertificate'),
      at(20250305, 'handover', { pair: 'plant>recycler' }),
      at(20250306, 'tookOver', { role: 'smelter' }),
      at(20250310, 'reportTrace'),
      at(20250401, 'dispose', { role: 'smelter' }),
    );
    expect(told('traceCertificate', found)).toEqual(['met 20250324']);
    expect(told('traceDismantlerHandover', found)).toEqual(['met 20250326']);
    expect(told('traceRecyclerIntake', found)).toEqual(['met 20250418']);
    // Thirty working days over Tomb-sweeping Day and Labour Day, 27 April worked.
    expect(told('traceRecycled', found)).toEqual(['overdue 20250516']);
  });

  it('do not run for a starter battery', () => {
    const events = [at(20250303, 'issueCertificate')];
    expect(clocks({ kind: 'battery', events }, 20250601)).toEqual([]);
  });

  it('are not computable under the measures of April 2026, whose terms nobody confirmed', () => {
    const [found, ...others] = battery(20260601, at(20260401, 'issueCertificate'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'notComputable', missing: { what: 'term' }, confirmed: false });
    expect(found).not.toHaveProperty('due');
    expect(told('traceCertificate', battery(20260601, at(20260331, 'issueCertificate')))).toEqual([
      'overdue 20260422',
    ]);
    expect(battery(20180901, at(20180731, 'issueCertificate'))).toEqual([]);
  });

  it('are not computable, whatever happened, where the holidays of a year are missing', () => {
    const holidays = new Map([...tables.holidays].filter(([year]) => year !== 2025));
    const events = [at(20241230, 'issueCertificate'), at(20241231, 'reportTrace')];
    const [found] = clocksOf(
      { kind: 'battery', traits: ['traction'], events },
      { ...tables, holidays },
      dayOfDate(20250601)!,
    );
    expect(found).toMatchObject({
      state: 'notComputable',
      missing: { what: 'holidays', year: 2025 },
      stoppedBy: 'reportTrace-20241231',
    });
  });
});

describe('the clock of a handover', () => {
  const pair = 'plant>shop';
  const handover = (...events: TimedEvent[]) => told('handover', clocks({ kind: 'part', events }, 20250401));

  it('that nobody accepts in time is lost in transit', () => {
    expect(handover(at(20250303, 'handover', { pair }))).toEqual(['overdue 20250310']);
  });

  it('ends the same whichever of the two intents came first', () => {
    expect(handover(at(20250303, 'handover', { pair }), at(20250304, 'accept', { pair }))).toEqual([
      'met 20250310',
    ]);
    const early = clocks(
      { kind: 'part', events: [at(20250302, 'accept', { pair }), at(20250303, 'handover', { pair })] },
      20250401,
    );
    expect(early).toMatchObject([
      { state: 'met', stoppedBy: 'accept-20250302', stopped: dayOfDate(20250303) },
    ]);
  });

  it('is not ended by an acceptance of somebody else, early or late', () => {
    const other = { pair: 'plant>stranger' };
    expect(handover(at(20250303, 'handover', { pair }), at(20250304, 'accept', other))).toEqual([
      'overdue 20250310',
    ]);
    expect(handover(at(20250302, 'accept', other), at(20250303, 'handover', { pair }))).toEqual([
      'overdue 20250310',
    ]);
  });

  it('ends when it is refused or withdrawn, and starts anew with the next', () => {
    expect(
      handover(
        at(20250303, 'handover', { pair }),
        at(20250304, 'refuse', { pair }),
        at(20250305, 'handover', { pair }),
        at(20250320, 'withdraw'),
        at(20250325, 'handover', { pair: 'plant>other' }),
      ),
    ).toEqual(['met 20250310', 'metLate 20250312', 'dueSoon 20250401']);
  });

  it('is started once while it runs', () => {
    expect(handover(at(20250303, 'handover', { pair }), at(20250305, 'handover', { pair }))).toEqual([
      'overdue 20250310',
    ]);
  });
});

describe('the clock of hazardous storage', () => {
  const stored = (asOf: number, ...events: TimedEvent[]) =>
    told('hazardousStorage', clocks({ kind: 'lot', traits: ['hazardous'], events }, asOf));

  it('warns a month before the year is over and alarms after it', () => {
    const register = at(20240229, 'register');
    expect(stored(20250128, register)).toEqual(['running 20250228']);
    expect(stored(20250129, register)).toEqual(['dueSoon 20250228']);
    expect(stored(20250301, register)).toEqual(['overdue 20250228']);
  });

  it('begins anew at whoever takes the lot over', () => {
    expect(
      stored(
        20250401,
        at(20240301, 'register'),
        at(20250201, 'tookOver', { role: 'hazardousWasteHandler' }),
        at(20250315, 'dispose', { role: 'hazardousWasteHandler' }),
      ),
    ).toEqual(['met 20250301', 'met 20260201']);
  });
});
