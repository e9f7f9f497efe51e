import type { ReactElement } from 'react';
import { useApp } from '../../state/app-context.ts';
import { useNow } from '../stage/use-now.ts';
import { formatBytes, formatElapsed } from './format-recording.ts';
import styles from './recording-figures.module.css';

/** Time and size while recording, and that it is being finished afterwards. */
export function RecordingFigures(): ReactElement | null {
  const recording = useApp((state) => state.recording);
  const finishing = useApp((state) => state.recording.phase === 'ending' || state.finishing.length > 0);
  const now = useNow(recording.phase === 'recording');
  if (recording.phase === 'recording')
    return (
      <span className={styles.figures} data-testid="recording-figures" title={recording.name}>
        <span className={styles.dot} aria-hidden />
        <span className={styles.text}>
          {formatElapsed(now - recording.since)}{' '}
          <span className={styles.size}>{formatBytes(recording.bytes)}</span>
        </span>
      </span>
    );
  return finishing ? (
    <span className={styles.figures} data-testid="recording-finishing">
      Finishing…
    </span>
  ) : null;
}
