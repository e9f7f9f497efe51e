import type { ReactElement } from 'react';
import styles from './empty.module.css';

/** In place of a list that has nothing in it yet: what will be. */
export function Empty({ children, testId }: { children: string; testId: string }): ReactElement {
  return (
    <p className={styles.empty} data-testid={testId}>
      {children}
    </p>
  );
}
