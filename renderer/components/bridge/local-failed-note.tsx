import { CpuIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { wantsLocal, wantsPicture } from '../../state/wants-source.ts';
import styles from './route-panel.module.css';

/** Why this computer makes no picture, or not by what was chosen, and what can be done; nothing while it can. */
export function LocalFailedNote(): ReactElement | null {
  const problem = useApp((state) =>
    state.local.phase === 'failed' && wantsLocal(state) && wantsPicture(state) ? state.local.problem : null,
  );
  const dispatch = useDispatch();
  if (problem === null) return null;
  return (
    <div className={styles.quality} data-testid="local-problem">
      <CpuIcon size={15} aria-hidden />
      <p className={styles.means}>
        {problem}{' '}
        <button
          type="button"
          className={styles.link}
          data-testid="retry-local"
          onClick={() => dispatch({ type: 'local-retried' })}
        >
          Try again
        </button>
      </p>
    </div>
  );
}
