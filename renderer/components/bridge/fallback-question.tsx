import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { isFallbackAsked } from './fallback-asked.ts';
import styles from './route-panel.module.css';

/** Asked once, in the place of the switch that holds the answer. Until it is given, nothing takes over. */
export function FallbackQuestion(): ReactElement | null {
  const asked = useApp(isFallbackAsked);
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
