import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { currentPipelineId } from '../../state/current-pipeline.ts';
import type { AppState } from '../../state/app-state.ts';
import { offeredPipelines, runsHereOnly } from '../../state/local-pipelines.ts';
import { Spinner } from '../controls/spinner.tsx';
import styles from './pipeline-cards.module.css';

/** Whether the current pipeline is being loaded where it is to run. */
function isLoading(state: AppState): boolean {
  if (runsHereOnly(state)) return state.local.phase === 'loading';
  return state.status.state.phase === 'live' && state.status.state.loading !== null;
}

/** The pipelines of the route. Choosing one while live moves the stream there; the picture stays meanwhile. */
export function PipelineCards(): ReactElement {
  const pipelines = useApp(offeredPipelines);
  const current = useApp(currentPipelineId);
  const loading = useApp(isLoading);
  const dispatch = useDispatch();
  return (
    <fieldset className={styles.cards} aria-label="Pipeline">
      {pipelines.map(({ id, title, description }) => (
        <button
          key={id}
          type="button"
          className={styles.card}
          aria-pressed={id === current}
          data-testid={`pipeline-${id}`}
          onClick={() => dispatch({ type: 'pipeline-chosen', pipelineId: id })}
        >
          <span className={styles.title}>
            {title}
            {loading && id === current && <Spinner size={14} />}
          </span>
          {description !== '' && <span className={styles.description}>{description}</span>}
        </button>
      ))}
    </fieldset>
  );
}
