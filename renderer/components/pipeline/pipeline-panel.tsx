import { RotateCcw } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { currentPipeline } from '../../state/current-pipeline.ts';
import { offeredPipelines } from '../../state/local-pipelines.ts';
import { Button } from '../controls/button.tsx';
import styles from './pipeline-panel.module.css';
import { ParameterRow } from './parameter-row.tsx';
import { PipelineCards } from './pipeline-cards.tsx';

/** What is done to the picture, and how: drawn from what a pipeline says of itself. */
export function PipelinePanel(): ReactElement {
  const pipelines = useApp(offeredPipelines);
  const pipeline = useApp(currentPipeline);
  const hasEndpoint = useApp((state) => state.endpoint !== null);
  const dispatch = useDispatch();
  if (pipelines.length === 0)
    return (
      <p className={styles.empty} data-testid="no-pipelines">
        {hasEndpoint
          ? 'Pipelines appear here once the runner is connected: it tells which it has.'
          : 'Pipelines come with a runner. Add one, and they appear here.'}
      </p>
    );
  return (
    <div className={styles.panel}>
      <PipelineCards />
      {pipeline && pipeline.parameters.length > 0 && (
        <section className={styles.parameters} aria-label={`${pipeline.title}: parameters`}>
          <header className={styles.header}>
            <h2 className={styles.title}>Parameters</h2>
            <Button
              look="quiet"
              data-testid="reset-all"
              onClick={() => dispatch({ type: 'parameters-reset', name: null })}
            >
              <RotateCcw size={14} aria-hidden /> Reset all
            </Button>
          </header>
          {pipeline.parameters.map((spec) => (
            // A control keeps what is being typed; another pipeline's must not inherit it.
            <ParameterRow key={`${pipeline.id} ${spec.name}`} spec={spec} />
          ))}
        </section>
      )}
      {pipeline && pipeline.parameters.length === 0 && (
        <p className={styles.empty}>{pipeline.title} has nothing to adjust.</p>
      )}
    </div>
  );
}
