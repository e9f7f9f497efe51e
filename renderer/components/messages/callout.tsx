import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './callout.module.css';

type Tone = 'good' | 'warning' | 'error';

const icons = { good: CircleCheck, warning: TriangleAlert, error: CircleX };

interface CalloutProps {
  tone: Tone;
  title: string;
  children?: ReactNode;
  testId: string;
}

/** An outcome, in place: beside what caused it. */
export function Callout({ tone, title, children, testId }: CalloutProps): ReactElement {
  const Icon = icons[tone];
  return (
    <div
      className={styles.callout}
      data-tone={tone}
      data-testid={testId}
      role={tone === 'error' ? 'alert' : 'status'}
    >
      <Icon size={18} className={styles.icon} aria-hidden />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
