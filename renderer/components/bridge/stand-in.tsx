import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import type { AppState } from '../../state/app-state.ts';
import {
  chosenPipelineId,
  localPipelineId,
  localPipelines,
  needsStandIn,
} from '../../state/local-pipelines.ts';
import { Choice } from '../controls/choice.tsx';
import styles from './route-panel.module.css';

/** Only where this computer may have to make the picture of a pipeline that it does not have. */
const isWanted = (state: AppState): boolean =>
  needsStandIn(state) && (state.settings.route !== 'cloud' || state.settings.fallback === 'on');

const titleOf = (state: AppState): string => {
  const id = chosenPipelineId(state);
  return state.pipelines.find((pipeline) => pipeline.id === id)?.title ?? id;
};

/** What runs here for a pipeline that exists in the cloud only. Picked once, then remembered for that pipeline. */
export function StandIn(): ReactElement | null {
  const wanted = useApp(isWanted);
  const title = useApp(titleOf);
  const pipelines = useApp(localPipelines);
  const picked = useApp(localPipelineId);
  const dispatch = useDispatch();
  if (!wanted) return null;
  return (
    <div className={styles.standIn}>
      <p className={styles.means}>{title} runs in the cloud only. On this computer runs:</p>
      <Choice
        label="Pipeline on this computer"
        options={pipelines.map(({ id, title }) => ({ value: id, label: title }))}
        value={picked}
        placeholder="Choose one"
        testId="stand-in"
        onChoose={(pipelineId) => dispatch({ type: 'stand-in-chosen', pipelineId })}
      />
    </div>
  );
}
