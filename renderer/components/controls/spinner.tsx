import { LoaderCircle } from 'lucide-react';
import type { ReactElement } from 'react';
import styles from './spinner.module.css';

/** Something is under way; says nothing by itself, so words must stand beside it. */
export function Spinner({ size = 16 }: { size?: number }): ReactElement {
  return <LoaderCircle size={size} className={styles.spinner} aria-hidden />;
}
