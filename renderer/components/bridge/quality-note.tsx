import { Gauge } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { qualityWords } from './quality-words.ts';
import route from './route-panel.module.css';
import styles from './quality-note.module.css';

/**
 * What this computer gives up to keep the picture smooth; nothing while it gives up nothing. It comes and goes by
 * itself, so it stands where nothing is pushed aside.
 */
export function QualityNote(): ReactElement | null {
  const quality = useApp(({ shown, local }) =>
    shown.kind === 'local' && local.phase === 'ready' ? local.quality : null,
  );
  const source = useApp((state) => state.settings.frameSize);
  const dispatch = useDispatch();
  const words = quality === null ? null : qualityWords(quality, source);
  if (words === null) return null;
  return (
    <div className={styles.note} data-testid="quality">
      <Gauge size={15} className={styles.icon} aria-hidden />
      <p className={styles.words}>
        {words}{' '}
        {quality?.tooHeavy === true && (
          <button
            type="button"
            className={route.link}
            onClick={() => dispatch({ type: 'panel-chosen', panel: 'pipeline' })}
          >
            Choose a lighter one
          </button>
        )}
      </p>
    </div>
  );
}
