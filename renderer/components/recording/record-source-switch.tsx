import { Switch } from '@base-ui/react/switch';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import field from '../controls/field.module.css';
import styles from './record-source-switch.module.css';

/** Whether a recording holds the source as well; it takes effect with the next one. */
export function RecordSourceSwitch(): ReactElement {
  const on = useApp((state) => state.settings.recordSource);
  const dispatch = useDispatch();
  return (
    <div className={field.field}>
      {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI's switch brings its input along */}
      <label className={styles.label}>
        <Switch.Root
          className={styles.switch}
          checked={on}
          data-testid="record-source"
          onCheckedChange={(next) => dispatch({ type: 'record-source-chosen', on: next })}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
        Record the source as well
      </label>
      <p className={field.hint}>In a file of its own beside the recording, of the same moment.</p>
    </div>
  );
}
