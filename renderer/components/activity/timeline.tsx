import type { ReactElement } from 'react';
import type { TimelineEntry } from '../../../shared/link/timeline.ts';
import { useApp } from '../../state/app-context.ts';
import { Empty } from './empty.tsx';
import { formatClock, formatSpan } from './format-time.ts';
import styles from './timeline.module.css';

/** The link's history, the newest first: when, what, why, and how long what ended had lasted. */
export function Timeline(): ReactElement {
  const { dropped, items } = useApp((state) => state.timeline);
  if (items.length === 0)
    return (
      <Empty testId="timeline">
        Nothing has happened yet. Connections, losses, recoveries and changes of the picture are listed here.
      </Empty>
    );
  return (
    <ol aria-label="Timeline of the link, the newest first" data-testid="timeline">
      {items.map((entry, index) => <Entry key={dropped + index} {...entry} />).toReversed()}
    </ol>
  );
}

function Entry({ at, what, why, tookMs }: TimelineEntry): ReactElement {
  return (
    <li className={styles.entry} data-testid="timeline-entry">
      <time className={styles.at} dateTime={new Date(at).toISOString()}>
        {formatClock(at)}
      </time>
      <div className={styles.words}>
        <p className={styles.what}>
          {what}
          {tookMs !== null && <span className={styles.took}>after {formatSpan(tookMs)}</span>}
        </p>
        {why !== null && <p className={styles.why}>{why}</p>}
      </div>
    </li>
  );
}
