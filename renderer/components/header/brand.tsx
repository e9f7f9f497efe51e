import type { ReactElement } from 'react';
import styles from './brand.module.css';

/** The mark, two spans that meet, and the name. */
export function Brand(): ReactElement {
  return (
    <h1 className={styles.brand}>
      <svg className={styles.mark} viewBox="0 0 24 24" fill="none" aria-hidden="true">
        <path d="M2 17c2.5-9 9-9 10-3" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        <path d="M22 7c-2.500 9-9 9-10 3" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      </svg>
      <span className={styles.name}>Linkspan</span>
    </h1>
  );
}
