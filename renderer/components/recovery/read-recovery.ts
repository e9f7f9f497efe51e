import * as v from 'valibot';
import {
  recoveryRanges,
  recoverySettings,
  type RecoveryKey,
  type RecoverySettings,
} from '../../../shared/link/recovery-settings.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** What stands in the fields. */
export type RecoveryDrafts = Record<RecoveryKey, string>;
/** What to do about a field. */
export type RecoveryProblems = Partial<Record<RecoveryKey, string>>;

const keys = Object.keys(recoveryRanges) as RecoveryKey[];

/** Milliseconds to a unit of the field. */
const scaleOf = (key: RecoveryKey): number => (key.endsWith('Ms') ? 1000 : 1);

/** A kept value as its field shows it: seconds for times. */
export const shownValue = (key: RecoveryKey, value: number): string => String(value / scaleOf(key));

export function draftsOf(settings: RecoverySettings): RecoveryDrafts {
  return Object.fromEntries(keys.map((key) => [key, shownValue(key, settings[key])])) as RecoveryDrafts;
}

/** What may be typed, such as `0.2 to 60`. */
export function rangeOf(key: RecoveryKey): string {
  const { min, max } = recoveryRanges[key];
  return `${shownValue(key, min)} to ${shownValue(key, max)}`;
}

/** The settings that the fields say, or what to change in them. Commas count as points. */
export function readRecovery(drafts: RecoveryDrafts): Result<RecoverySettings, RecoveryProblems> {
  const numbers = Object.fromEntries(keys.map((key) => [key, readDraft(key, drafts[key])]));
  const parsed = v.safeParse(recoverySettings, numbers);
  if (parsed.success) return ok(parsed.output);
  const problems: RecoveryProblems = {};
  for (const issue of parsed.issues) {
    const key = issue.path?.[0]?.key as RecoveryKey | undefined;
    if (key !== undefined)
      problems[key] = `Type a ${scaleOf(key) === 1 ? 'whole ' : ''}number from ${rangeOf(key)}.`;
  }
  // The one rule across fields, and only once each is a number in its range.
  if (Object.keys(problems).length === 0) {
    const least = shownValue('livenessMs', 2 * numbers['pingIntervalMs']!);
    problems.livenessMs = `Make it ${least} or more, twice the time between pings, or ping more often.`;
  }
  return fail(problems);
}

function readDraft(key: RecoveryKey, text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? Number.NaN : scaled(Number(trimmed), scaleOf(key));
}

/** Whole milliseconds; a count stays as it was typed, to be refused if it is not whole. */
const scaled = (number: number, scale: number): number => (scale === 1 ? number : Math.round(number * scale));
