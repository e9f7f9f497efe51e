import { Gauge } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { qualityWords } from './quality-words.ts';
import styles from './route-panel.module.css';

/** What this computer gives up to keep the picture smooth; nothing while it gives up nothing. */
export function QualityNote(): ReactElement | null {
  const quality = useApp(({ shown, local }) =>
    shown.kind === 'local' && local.phase === 'ready' ? local.quality : null,
  );
  const source = useApp((state) => state.settings.frameSize);
  const dispatch = useDispatch();
  const words = quality === null ? null : qualityWords(quality, source);
  if (words === null) return null;
  return (
    <div className={styles.quality} data-testid="quality">
      <Gauge size={15} aria-hidden />
      <p className={styles.means}>
        {words}{' '}
        {quality?.tooHeavy === true && (
          <button
            type="button"
            className={styles.link}
            onClick={() => dispatch({ type: 'panel-chosen', panel: 'pipeline' })}
          >
            Choose a lighter one
          </button>
        )}
      </p>
    </div>
  );
}
