import { expect, it } from 'vitest';
import { CrashBudget } from './crash-budget.ts';

it('a page that keeps crashing is reloaded three times a minute, and again later', () => {
  const budget = new CrashBudget();
  expect([0, 1_000, 2_000, 3_000].map((now) => budget.spend(now))).toEqual([true, true, true, false]);
  expect(budget.spend(59_999)).toBe(false);
  expect(budget.spend(60_000)).toBe(true);
  expect(budget.spend(60_500)).toBe(false);
});
