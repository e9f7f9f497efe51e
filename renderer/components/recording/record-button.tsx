import { Circle, Square } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { hasPicture } from '../../state/reduce-recording.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { RecordingFigures } from './recording-figures.tsx';
import styles from './record-button.module.css';

/** Begins and ends a recording, and shows how far it is. */
export function RecordButton(): ReactElement {
  const phase = useApp(({ recording }) => recording.phase);
  const possible = useApp(hasPicture);
  const dispatch = useDispatch();
  const running = phase === 'recording';
  return (
    <span className={styles.recording} data-testid="recording" data-phase={phase}>
      <IconButton
        label={running ? 'Stop recording' : 'Record'}
        shortcut="O"
        className={styles.button}
        aria-pressed={running}
        disabled={!running && (phase !== 'off' || !possible)}
        data-testid="record"
        onClick={() => dispatch({ type: 'recording-toggled' })}
      >
        {running ? (
          <Square size={15} fill="currentColor" aria-hidden />
        ) : (
          <Circle size={17} fill="currentColor" aria-hidden />
        )}
      </IconButton>
      <RecordingFigures />
    </span>
  );
}
