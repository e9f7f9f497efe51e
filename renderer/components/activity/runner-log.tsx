import type { ReactElement } from 'react';
import { useApp } from '../../state/app-context.ts';
import { Empty } from './empty.tsx';
import styles from './runner-log.module.css';

/** The runner's own log, as it sends it, the newest last. */
export function RunnerLog(): ReactElement {
  const { dropped, items } = useApp((state) => state.runnerLog);
  if (items.length === 0)
    return (
      <Empty testId="runner-log">What the runner writes to its log appears here, if it shares it.</Empty>
    );
  return (
    <ol aria-label="Log of the runner" data-testid="runner-log">
      {items.map((line, index) => (
        <li key={dropped + index} className={styles.line} data-testid="runner-log-line">
          {line}
        </li>
      ))}
    </ol>
  );
}
