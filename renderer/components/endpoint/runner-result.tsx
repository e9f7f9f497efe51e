import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactElement } from 'react';
import type { RunnerTest } from '../../state/runners-state.ts';
import { formatMoment } from '../activity/format-time.ts';
import { Spinner } from '../controls/spinner.tsx';
import { presentRunnerTest } from './present-runner-test.ts';
import styles from './runner-row.module.css';

const icons = { good: CircleCheck, error: CircleX };

/** What a runner answered when it was last tested, and when that was. */
export function RunnerResult({ test }: { test: RunnerTest | undefined }): ReactElement {
  const text = test && presentRunnerTest(test);
  const Icon = text === undefined || text.tone === 'busy' ? null : icons[text.tone];
  return (
    // There from the start: a region that comes with its words is heard by nobody.
    <output
      className={styles.result}
      data-tone={text?.tone}
      data-testid="runner-result"
      data-outcome={test?.phase ?? 'none'}
    >
      {text && (
        <>
          {Icon ? <Icon size={15} aria-hidden /> : <Spinner size={15} />}
          <span className={styles.said}>
            <span className={styles.outcome}>
              {text.title}
              {test?.phase !== 'testing' && test && (
                <span className={styles.when}> · {formatMoment(test.at)}</span>
              )}
            </span>
            {text.advice !== null && (
              <span
                className={styles.advice}
                data-fault={test?.phase === 'refused' ? test.fault.kind : undefined}
              >
                {text.advice}
              </span>
            )}
          </span>
        </>
      )}
    </output>
  );
}
