import { useId, type ReactElement } from 'react';
import { frameSizes } from '../../capture/defaults.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Choice } from '../controls/choice.tsx';
import field from '../controls/field.module.css';

/** How large the frames are that go to the runner. */
export function SizePicker(): ReactElement {
  const size = useApp((state) => state.settings.frameSize);
  const dispatch = useDispatch();
  const id = useId();
  const name = ({ width, height }: { width: number; height: number }): string => `${width}×${height}`;
  const offered = frameSizes.some((candidate) => name(candidate) === name(size))
    ? frameSizes
    : [...frameSizes, size];
  return (
    <div className={field.field}>
      <span id={id} className={field.label}>
        Frame size
      </span>
      <Choice
        label="Frame size"
        labelledBy={id}
        testId="size-choice"
        options={offered.map((candidate) => ({
          value: name(candidate),
          label: `${candidate.width} × ${candidate.height}${candidate.width === candidate.height ? ' · square' : ''}`,
        }))}
        value={name(size)}
        onChoose={(value) => {
          const chosen = offered.find((candidate) => name(candidate) === value);
          if (chosen) dispatch({ type: 'size-chosen', size: chosen });
        }}
      />
      <p className={field.hint}>Cropped to fit. Smaller frames are transformed faster.</p>
    </div>
  );
}
