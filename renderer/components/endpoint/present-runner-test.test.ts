import { expect, it } from 'vitest';
import { presentRunnerTest } from './present-runner-test.ts';

it('tells round trip and pipelines of a runner that answered', () => {
  const passed = { phase: 'passed', at: 1, rttMs: 41.7 } as const;
  expect(presentRunnerTest({ ...passed, pipelines: 3 }).title).toBe('Connected in 42 ms, 3 pipelines');
  expect(presentRunnerTest({ ...passed, pipelines: 1 }).title).toBe('Connected in 42 ms, 1 pipeline');
  expect(presentRunnerTest({ ...passed, pipelines: 0 }).title).toBe('Connected in 42 ms, no pipelines');
});

it('tells what is wrong with one that did not, and what to do', () => {
  const text = presentRunnerTest({
    phase: 'refused',
    at: 1,
    fault: { kind: 'unreachable', code: 'ECONNREFUSED' },
  });
  expect(text).toMatchObject({ tone: 'error', title: 'Nothing is listening at this address' });
  expect(text.advice).toContain('Check the port');
});
