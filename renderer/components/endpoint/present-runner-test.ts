import { presentFault } from '../../../shared/link/present-fault.ts';
import type { RunnerTest } from '../../state/runners-state.ts';
import { formatMs } from '../stage/format-figure.ts';

/** The last test of a runner in words: one clause, and what to do about it. */
interface TestText {
  tone: 'busy' | 'good' | 'error';
  title: string;
  advice: string | null;
}

export function presentRunnerTest(test: RunnerTest): TestText {
  switch (test.phase) {
    case 'testing':
      return { tone: 'busy', title: 'Testing…', advice: null };
    case 'passed': {
      const { pipelines } = test;
      const offer =
        pipelines === 0 ? 'no pipelines' : `${pipelines} ${pipelines === 1 ? 'pipeline' : 'pipelines'}`;
      return { tone: 'good', title: `Connected in ${formatMs(test.rttMs)}, ${offer}`, advice: null };
    }
    case 'refused':
      return { tone: 'error', ...presentFault(test.fault) };
    default:
      return test satisfies never;
  }
}
