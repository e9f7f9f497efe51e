import { Plus } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { runsHereOnly } from '../../state/local-pipelines.ts';
import { Button } from '../controls/button.tsx';
import { Spinner } from '../controls/spinner.tsx';
import { Callout } from '../messages/callout.tsx';
import styles from './add-model.module.css';
import { ModelForm } from './model-form.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useStageModel } from './use-stage-model.ts';

/** From a file to a model: the button, then what becomes of the file, step by step. */
export function AddModel(): ReactElement {
  const adding = useApp((state) => state.models.adding);
  const { pick } = useStageModel();
  const own = useApp((state) => state.models.own);
  const isBusy = adding.phase === 'copying' || adding.phase === 'inspecting';
  const place = useRef<HTMLElement>(null);
  useKeptFocus(place, `${adding.phase} ${own.length}`);
  return (
    <section ref={place} tabIndex={-1} className={styles.section} aria-label="Add a model">
      {adding.phase !== 'describing' && (
        <>
          <Button className={styles.add} data-testid="model-add" disabled={isBusy} onClick={pick}>
            {isBusy ? <Spinner /> : <Plus size={15} aria-hidden />} Add a model…
          </Button>
          <p className={styles.hint}>
            An .onnx file with one picture in and one out. It can also be dropped anywhere on this window; it
            is copied, and never leaves this computer.
          </p>
        </>
      )}
      <output className={styles.busy} data-testid="model-progress">
        {adding.phase === 'copying' && 'Copying the file…'}
        {adding.phase === 'inspecting' && `Reading ${adding.candidate.name}…`}
      </output>
      {adding.phase === 'describing' && <ModelForm adding={adding} />}
      {adding.phase === 'refused' && (
        <Callout
          tone="error"
          title={adding.name === null ? 'This model cannot be added' : `${adding.name} cannot be added`}
          testId="model-refused"
        >
          <p>{adding.problem}</p>
        </Callout>
      )}
      {adding.phase === 'added' && <Added id={adding.id} title={adding.title} />}
    </section>
  );
}

function Added({ id, title }: { id: string; title: string }): ReactElement {
  const isUsable = useApp(runsHereOnly);
  const dispatch = useDispatch();
  return (
    <Callout tone="good" title={`${title} is added`} testId="model-added">
      {isUsable ? (
        <Button
          className={styles.use}
          data-testid="model-use"
          onClick={() => {
            dispatch({ type: 'pipeline-chosen', pipelineId: id });
            dispatch({ type: 'panel-chosen', panel: 'pipeline' });
            dispatch({ type: 'model-dismissed' });
          }}
        >
          Use it now
        </Button>
      ) : (
        <p>It runs on this computer: it is among the pipelines of the local route.</p>
      )}
    </Callout>
  );
}
