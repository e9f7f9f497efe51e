import { Switch } from '@base-ui/react/switch';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import styles from './route-panel.module.css';

/** The fallback, always in sight: what happens when the cloud's picture stops. */
export function FallbackSwitch(): ReactElement {
  const fallback = useApp((state) => state.settings.fallback);
  const dispatch = useDispatch();
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI's switch brings its input along
    <label className={styles.fallback}>
      <Switch.Root
        className={styles.switch}
        checked={fallback === 'on'}
        data-testid="fallback-switch"
        data-fallback={fallback}
        onCheckedChange={(on) => dispatch({ type: 'fallback-chosen', fallback: on ? 'on' : 'off' })}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
      If the cloud’s picture stops, show this computer’s
    </label>
  );
}
