import { useId, type ReactElement } from 'react';
import type { Camera } from '../../capture/list-cameras.ts';
import { matchCamera } from '../../capture/match-camera.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Choice } from '../controls/choice.tsx';
import field from '../controls/field.module.css';

/** Which camera. The one chosen stays in the list while it is unplugged, so that it is clear what is missed. */
export function CameraPicker({ choice }: { choice: Camera }): ReactElement {
  const cameras = useApp((state) => state.cameras);
  const dispatch = useDispatch();
  const id = useId();
  const present = matchCamera(choice, cameras);
  const missing = present || choice.label === '' ? [] : [{ ...choice, label: `${choice.label} (unplugged)` }];
  const listed = [...cameras, ...missing];
  return (
    <div className={field.field}>
      <span id={id} className={field.label}>
        Camera
      </span>
      <Choice
        label="Camera"
        labelledBy={id}
        testId="camera-choice"
        placeholder={cameras.length === 0 ? 'No camera found' : 'Choose a camera'}
        options={listed.map(({ deviceId, label }, index) => ({
          value: deviceId,
          label: label === '' ? `Camera ${index + 1}` : label,
        }))}
        value={(present ?? missing[0])?.deviceId ?? null}
        onChoose={(deviceId) => {
          const camera = cameras.find((candidate) => candidate.deviceId === deviceId);
          if (camera)
            dispatch({ type: 'source-chosen', choice: { kind: 'camera', ...camera }, ticket: null });
        }}
      />
    </div>
  );
}
