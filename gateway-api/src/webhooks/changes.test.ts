import { describe, expect, it } from 'vitest';
import { enabled, resent, rotated, switchedOff } from './changes.js';
import { before, endOf, padded } from './positions.js';
import { movedTo, type Progress, type Secret, type Settings } from './webhook.js';

const keeper = { kind: 'key', subject: 'k', creditCode: 'plant', oversight: false } as const;
const fresh = (generation: number): Secret => ({ generation, kid: 'now' });
const settings: Settings = {
  url: 'https://receiver.example/',
  eventTypes: [],
  items: [],
  keeper,
  created: 0,
  secrets: [fresh(1)],
  enabled: true,
};
const progress: Progress = { position: padded('9.0.4'), failures: 0 };

describe('a rotated secret', () => {
  const generations = ({ secrets }: Settings): number[] => secrets.map(({ generation }) => generation);

  it('signs beside the ones before until their time is over', () => {
    const twice = rotated(rotated(settings, fresh, 100, 0), fresh, 100, 50);
    expect(generations(twice)).toEqual([3, 2, 1]);
    expect(twice.secrets.map(({ until }) => until)).toEqual([undefined, 150, 100]);
    expect(generations(rotated(twice, fresh, 100, 120))).toEqual([4, 3, 2]);
  });

  it('stands alone when the one before was betrayed, or is of another key of the gateway', () => {
    expect(generations(rotated(settings, fresh, 0, 0))).toEqual([2]);
    const other = (generation: number): Secret => ({ generation, kid: 'other' });
    expect(generations(rotated(settings, other, 100, 0))).toEqual([2]);
  });

  it('does not gather others without end', () => {
    let many = settings;
    for (let i = 0; i < 20; i += 1) many = rotated(many, fresh, 100, 0);
    expect(generations(many)).toEqual([21, 20, 19, 18]);
  });
});

describe('a webhook', () => {
  it('that is enabled goes on from where it stopped, for who enabled it, without its failures', () => {
    const stopped = { ...switchedOff(settings), cause: 'HL-4082' } as const;
    const failing: Progress = { ...progress, failures: 7, failingSince: 1, nextAttempt: 2 };
    const other = { ...keeper, subject: 'other' };
    expect(enabled({ settings: stopped, progress: failing }, other)).toEqual({
      settings: { ...settings, keeper: other },
      progress,
    });
    expect(enabled({ settings, progress }, other, padded('20.1.1')).progress.position).toBe(padded('20.1.1'));
  });

  it('that is switched off says by whom, unless it stood still already', () => {
    expect(switchedOff(settings)).toMatchObject({ enabled: false, cause: 'HL-4080' });
    const gone = { ...settings, enabled: false, cause: 'HL-4081' } as const;
    expect(switchedOff(gone)).toBe(gone);
  });
});

describe('a resend', () => {
  it('begins with its first position and ends with its last, or where the webhook stands', () => {
    expect(resent(progress, progress.position, '3.1.0', '4.0.0').resend).toEqual({
      after: padded('3.0.99999'),
      until: padded('4.0.0'),
    });
    expect(resent(progress, progress.position, '3.0.2', '99.0.0').resend?.until).toBe(progress.position);
  });

  it('of what was not delivered yet, or while there is another, is refused', () => {
    expect(() => resent(progress, progress.position, '9.0.5', '12.0.0')).toThrow(/HL-4074|delivered/);
    const busy = resent(progress, progress.position, '3.0.0', '4.0.0');
    expect(() => resent(busy, progress.position, '3.0.0', '4.0.0')).toThrow(/under way/);
  });

  it('moves by itself, and the webhook goes on from where it was', () => {
    const under = resent(progress, progress.position, '3.0.0', '4.0.0');
    const half = movedTo(under, padded('3.5.0'));
    expect(half).toMatchObject({ position: progress.position, resend: { after: padded('3.5.0') } });
    expect(movedTo(half, padded('4.0.0'))).toEqual(progress);
  });
});

it('the position before another one sorts right before it', () => {
  expect(before('3.1.2')).toBe(padded('3.1.1'));
  expect(before('3.1.0')).toBe(padded('3.0.99999'));
  expect(before('3.0.0')).toBe(endOf(2));
  expect(before('0.0.0')).toBe(padded('0.0.0'));
});
