import { Camera, FileVideo, MonitorUp, Shapes, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { SourceChoice } from '../../../shared/settings/schema.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Callout } from '../messages/callout.tsx';
import { RecordSourceSwitch } from '../recording/record-source-switch.tsx';
import { CameraPicker } from './camera-picker.tsx';
import { FilePicker } from './file-picker.tsx';
import { presentSourceProblem } from './present-source-problem.ts';
import { ScreenDialog } from './screen-dialog.tsx';
import { SizePicker } from './size-picker.tsx';
import styles from './source-panel.module.css';
import { usePickFile } from './use-pick-file.ts';

type Kind = SourceChoice['kind'];

const tiles: readonly { kind: Kind; label: string; icon: LucideIcon }[] = [
  { kind: 'camera', label: 'Camera', icon: Camera },
  { kind: 'screen', label: 'Screen or window', icon: MonitorUp },
  { kind: 'file', label: 'Video file', icon: FileVideo },
  { kind: 'pattern', label: 'Test pattern', icon: Shapes },
];

/** Where the picture comes from. */
export function SourcePanel(): ReactElement {
  const choice = useApp((state) => state.settings.source);
  const source = useApp((state) => state.source);
  const dispatch = useDispatch();
  const pickFile = usePickFile();
  const [pickingScreen, setPickingScreen] = useState(false);

  const choose = (kind: Kind): void => {
    switch (kind) {
      case 'pattern':
        dispatch({ type: 'source-chosen', choice: { kind }, ticket: null });
        return;
      case 'camera':
        dispatch({ type: 'source-chosen', choice: { kind, deviceId: '', label: '' }, ticket: null });
        return;
      case 'screen':
        setPickingScreen(true);
        return;
      case 'file':
        pickFile();
        return;
      default:
        kind satisfies never;
    }
  };
  const problem = source.phase === 'substituted' ? presentSourceProblem(source.problem) : null;

  return (
    <div className={styles.panel}>
      <fieldset className={styles.tiles} aria-label="Source">
        {tiles.map(({ kind, label, icon: Icon }) => (
          <button
            key={kind}
            type="button"
            className={styles.tile}
            aria-pressed={choice.kind === kind}
            data-testid={`source-${kind}`}
            onClick={() => choose(kind)}
          >
            <Icon size={22} strokeWidth={1.75} aria-hidden />
            {label}
          </button>
        ))}
      </fieldset>
      {problem && (
        <Callout tone="warning" title={problem.title} testId="source-problem">
          <p>{problem.advice}</p>
        </Callout>
      )}
      {choice.kind === 'camera' && <CameraPicker choice={choice} />}
      {choice.kind === 'file' && <FilePicker name={choice.name} onPick={pickFile} />}
      <SizePicker />
      <RecordSourceSwitch />
      <p className={styles.hint}>A video can also be dropped anywhere on this window.</p>
      <ScreenDialog open={pickingScreen} onOpenChange={setPickingScreen} />
    </div>
  );
}
