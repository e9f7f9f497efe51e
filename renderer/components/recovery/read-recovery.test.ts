import { describe, expect, it } from 'vitest';
import { defaultRecovery, recoveryRanges, type RecoveryKey } from '../../../shared/link/recovery-settings.ts';
import { recoveryFields } from './recovery-fields.ts';
import { draftsOf, readRecovery } from './read-recovery.ts';

const drafts = draftsOf(defaultRecovery);

describe('the numbers of recovery', () => {
  it('are shown in seconds and read back as they were', () => {
    expect(drafts).toMatchObject({ pingIntervalMs: '4', mediaSilenceMs: '1', attempts: '4' });
    expect(readRecovery(drafts)).toEqual({ ok: true, value: defaultRecovery });
  });

  it('each have a field', () => {
    const keys = recoveryFields.flatMap(({ fields }) => fields.map(({ key }) => key));
    expect(keys.toSorted()).toEqual(Object.keys(recoveryRanges).toSorted());
  });

  it('take fractions of a second, with point or comma', () => {
    const read = readRecovery({ ...drafts, mediaSilenceMs: '0,25', pingIntervalMs: ' 1.5 ' });
    expect(read).toMatchObject({ ok: true, value: { mediaSilenceMs: 250, pingIntervalMs: 1_500 } });
  });

  it.each<[RecoveryKey, string, string]>([
    ['pingIntervalMs', '0.1', 'Type a number from 0.2 to 60.'],
    ['pingIntervalMs', '', 'Type a number from 0.2 to 60.'],
    ['dialMs', 'soon', 'Type a number from 0.5 to 60.'],
    ['episodeMs', '1e9', 'Type a number from 5 to 1800.'],
    ['attempts', '2.5', 'Type a whole number from 1 to 10.'],
    ['attempts', '11', 'Type a whole number from 1 to 10.'],
  ])('say what to do about %s of "%s"', (key, text, problem) => {
    expect(readRecovery({ ...drafts, [key]: text })).toEqual({ ok: false, problem: { [key]: problem } });
  });

  it('say what to do about a deadline that one late pong would miss', () => {
    expect(readRecovery({ ...drafts, pingIntervalMs: '5' })).toEqual({
      ok: false,
      problem: { livenessMs: 'Make it 10 or more, twice the time between pings, or ping more often.' },
    });
  });

  it('name every field that needs a change at once', () => {
    const read = readRecovery({ ...drafts, attempts: '0', stableMs: 'x', pingIntervalMs: '50' });
    expect(read.ok ? [] : Object.keys(read.problem).toSorted()).toEqual(['attempts', 'stableMs']);
  });
});
