import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import type { AppState } from '../../state/app-state.ts';
import { wantsCloud } from '../../state/wants-source.ts';
import { Button } from '../controls/button.tsx';
import styles from './route-panel.module.css';

/** Once there is a picture from the cloud that could stop, and as long as the user has not said. */
function isAsked(state: AppState): boolean {
  const { phase } = state.status.state;
  const once = phase === 'live' || phase === 'degraded' || phase === 'recovering' || phase === 'failed';
  return state.settings.fallback === 'ask' && wantsCloud(state) && once;
}

/** Asked once, beside the switch that holds the answer. Until it is given, nothing takes over. */
export function FallbackQuestion(): ReactElement | null {
  const asked = useApp(isAsked);
  const dispatch = useDispatch();
  if (!asked) return null;
  const answer = (fallback: 'on' | 'off') => () => dispatch({ type: 'fallback-chosen', fallback });
  return (
    <fieldset className={styles.question} aria-label="If the cloud stops" data-testid="fallback-question">
      <p className={styles.ask}>
        If the cloud’s picture stops, should this computer make the picture until it is back? It may look
        different; a label says which one you see. Otherwise the last picture stands still.
      </p>
      <div className={styles.answers}>
        <Button look="primary" data-testid="fallback-yes" onClick={answer('on')}>
          Keep it moving
        </Button>
        <Button data-testid="fallback-no" onClick={answer('off')}>
          Hold the last picture
        </Button>
      </div>
    </fieldset>
  );
}
