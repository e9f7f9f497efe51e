import {
  Columns2,
  Maximize,
  Minimize,
  PictureInPicture2,
  Play,
  RectangleHorizontal,
  Square,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import type { SourceView } from '../../state/app-state.ts';
import { wantsPicture } from '../../state/wants-source.ts';
import { Button } from '../controls/button.tsx';
import { IconButton } from '../controls/icon-button.tsx';
import { RecordButton } from '../recording/record-button.tsx';
import { SnapshotButton } from '../recording/snapshot-button.tsx';
import { Segments } from '../controls/segments.tsx';
import { toggleFullScreen } from './full-screen.ts';
import { Meters } from './meters.tsx';
import { OutputWindowButton } from './output-window-button.tsx';
import styles from './stage-bar.module.css';

const views = [
  { value: 'corner', label: 'Source in the corner', icon: PictureInPicture2 },
  { value: 'split', label: 'Source beside the output', icon: Columns2 },
  { value: 'hidden', label: 'Output alone', icon: RectangleHorizontal },
] as const satisfies readonly { value: SourceView; label: string; icon: unknown }[];

/** Start and stop, how the picture is shown, and its figures. */
export function StageBar({ fps, fullScreen }: { fps: number | null; fullScreen: boolean }): ReactElement {
  const streaming = useApp(wantsPicture);
  const view = useApp((state) => state.sourceView);
  const dispatch = useDispatch();
  return (
    <div className={styles.place}>
      <div className={styles.bar}>
        {streaming ? (
          <Button className={styles.toggle} data-testid="stop" onClick={() => dispatch({ type: 'stop' })}>
            <Square size={14} fill="currentColor" aria-hidden /> Stop
          </Button>
        ) : (
          <Button
            className={styles.toggle}
            look="primary"
            data-testid="start"
            onClick={() => dispatch({ type: 'start' })}
          >
            <Play size={15} fill="currentColor" aria-hidden /> Start
          </Button>
        )}
        <Meters fps={fps} />
        <RecordButton />
        <SnapshotButton />
        <span className={styles.gap} />
        <Segments
          label="Source picture"
          segments={views}
          value={view}
          onChoose={(view) => dispatch({ type: 'source-view-chosen', view })}
        />
        <OutputWindowButton />
        <IconButton
          label={fullScreen ? 'Leave full screen' : 'Full screen'}
          shortcut="F"
          data-testid="full-screen"
          onClick={toggleFullScreen}
        >
          {fullScreen ? <Minimize size={18} aria-hidden /> : <Maximize size={18} aria-hidden />}
        </IconButton>
      </div>
    </div>
  );
}
