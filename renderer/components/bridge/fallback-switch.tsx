import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { LabelledSwitch } from '../controls/labelled-switch.tsx';

/** The fallback, always in sight: what happens when the cloud's picture stops. */
export function FallbackSwitch(): ReactElement {
  const fallback = useApp((state) => state.settings.fallback);
  const dispatch = useDispatch();
  return (
    <LabelledSwitch
      checked={fallback === 'on'}
      testId="fallback-switch"
      state={fallback}
      onChange={(on) => dispatch({ type: 'fallback-chosen', fallback: on ? 'on' : 'off' })}
    >
      If the cloud’s picture stops, show this computer’s
    </LabelledSwitch>
  );
}
