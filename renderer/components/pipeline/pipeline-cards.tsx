import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { currentPipelineId } from '../../state/current-pipeline.ts';
import { Spinner } from '../controls/spinner.tsx';
import styles from './pipeline-cards.module.css';

/** The runner's pipelines. Choosing one while live moves the stream there; the picture stays meanwhile. */
export function PipelineCards(): ReactElement {
  const pipelines = useApp((state) => state.pipelines);
  const current = useApp(currentPipelineId);
  const loading = useApp(({ status }) => (status.state.phase === 'live' ? status.state.loading : null));
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
            {loading !== null && id === current && <Spinner size={14} />}
          </span>
          {description !== '' && <span className={styles.description}>{description}</span>}
        </button>
      ))}
    </fieldset>
  );
}
