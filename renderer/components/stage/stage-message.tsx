import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from '../controls/class-names.ts';
import styles from './stage-message.module.css';

interface StageMessageProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  actions: ReactNode;
  tone?: 'calm' | 'error';
  /** Over a picture the words need a ground of their own. */
  overPicture?: boolean;
  testId: string;
}

/** What the stage says when it has no output to show: what is so, why, and the way on. */
export function StageMessage(props: StageMessageProps): ReactElement {
  const { icon: Icon, title, children, actions, tone = 'calm', overPicture = false, testId } = props;
  return (
    <div
      className={classNames(styles.message, overPicture && styles.card)}
      data-tone={tone}
      data-testid={testId}
    >
      <span className={styles.icon}>
        <Icon size={26} strokeWidth={1.75} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.words}>{children}</p>
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
