import { FolderOpen, RefreshCw } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { AddModel } from './add-model.tsx';
import { ModelRow } from './model-row.tsx';
import styles from './models-panel.module.css';

/** What this computer can run: the models that Linkspan brings, and the user's own. */
export function ModelsPanel(): ReactElement {
  const builtIn = useApp((state) => state.builtIn);
  const own = useApp((state) => state.models.own);
  const problems = useApp((state) => state.models.problems);
  const dispatch = useDispatch();
  return (
    <div className={styles.panel}>
      <AddModel />
      <section className={styles.section} aria-label="Models">
        <ul className={styles.list}>
          {[...own, ...builtIn].map((model) => (
            <ModelRow key={model.manifest.id} model={model} />
          ))}
        </ul>
        {problems.length > 0 && (
          <ul
            className={styles.problems}
            aria-label="Folders that cannot be used"
            data-testid="model-problems"
          >
            {problems.map(({ folder, problem }) => (
              <li key={folder}>
                <strong>{folder}</strong> cannot be used: {problem}.
              </li>
            ))}
          </ul>
        )}
        <div className={styles.folder}>
          <Button
            look="quiet"
            data-testid="models-folder"
            onClick={() => dispatch({ type: 'models-folder-wanted' })}
          >
            <FolderOpen size={15} aria-hidden /> Open the models folder
          </Button>
          <Button look="quiet" data-testid="models-again" onClick={() => dispatch({ type: 'models-wanted' })}>
            <RefreshCw size={14} aria-hidden /> Look again
          </Button>
        </div>
        <p className={styles.hint}>
          A whole folder with a model.onnx and its model.json, as runners take it, can be put there too.
        </p>
      </section>
    </div>
  );
}
