import { Camera } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { hasPicture } from '../../state/reduce-recording.ts';
import { IconButton } from '../controls/icon-button.tsx';

/** Keeps the picture of this moment. */
export function SnapshotButton(): ReactElement {
  const possible = useApp(hasPicture);
  const dispatch = useDispatch();
  return (
    <IconButton
      label="Take a snapshot"
      shortcut="S"
      disabled={!possible}
      data-testid="snapshot"
      onClick={() => dispatch({ type: 'snapshot-wanted' })}
    >
      <Camera size={18} aria-hidden />
    </IconButton>
  );
}
