import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import field from '../controls/field.module.css';
import { LabelledSwitch } from '../controls/labelled-switch.tsx';

/** Whether a recording holds the source as well; it takes effect with the next one. */
export function RecordSourceSwitch(): ReactElement {
  const on = useApp((state) => state.settings.recordSource);
  const dispatch = useDispatch();
  return (
    <div className={field.field}>
      <LabelledSwitch
        checked={on}
        testId="record-source"
        onChange={(next) => dispatch({ type: 'record-source-chosen', on: next })}
      >
        Record the source as well
      </LabelledSwitch>
      <p className={field.hint}>In a file of its own beside the recording, of the same moment.</p>
    </div>
  );
}
