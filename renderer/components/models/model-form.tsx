import type { ReactElement } from 'react';
import { presentTrial } from '../../models/present-trial.ts';
import { useDispatch } from '../../state/app-context.ts';
import type { AddingModel } from '../../state/models-state.ts';
import { Button } from '../controls/button.tsx';
import { Spinner } from '../controls/spinner.tsx';
import { Callout } from '../messages/callout.tsx';
import styles from './add-model.module.css';
import { Questions } from './questions.tsx';

type Describing = Extract<AddingModel, { phase: 'describing' }>;

/** What is asked of a candidate, beside what its trial says. */
export function ModelForm({ adding }: { adding: Describing }): ReactElement {
  const { candidate, subject, trial, save } = adding;
  const dispatch = useDispatch();
  const isSaving = save.phase === 'saving';
  return (
    <form
      className={styles.form}
      aria-label="Add a model"
      data-testid="model-form"
      onSubmit={(event) => {
        event.preventDefault();
        dispatch({ type: 'save-model' });
      }}
    >
      <h2 className={styles.title}>{candidate.name}</h2>
      {trial === null ? <Trying /> : <VerdictOf trial={trial} />}
      {subject.kind === 'inferred' ? (
        <Questions subject={subject} />
      ) : (
        <p className={styles.inferred} data-testid="model-described">
          The model.json beside it says all there is to know: “{subject.manifest.title}”,{' '}
          {subject.manifest.license}. {subject.manifest.description}
        </p>
      )}
      {save.phase === 'refused' && (
        <Callout tone="error" title="This does not add up" testId="model-save-refused">
          <p>{save.problem}</p>
        </Callout>
      )}
      <div className={styles.actions}>
        <Button data-testid="model-cancel" onClick={() => dispatch({ type: 'model-dismissed' })}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={trial === null || isSaving} data-testid="model-save">
          {isSaving && <Spinner />} Add
        </Button>
      </div>
    </form>
  );
}

const Trying = (): ReactElement => (
  <output className={styles.trying} data-testid="model-trying">
    <Spinner /> Trying how fast it runs here…
  </output>
);

function VerdictOf({ trial }: { trial: NonNullable<Describing['trial']> }): ReactElement {
  const { tone, title, detail } = presentTrial(trial.best);
  return (
    <Callout tone={tone} title={title} testId="model-verdict">
      <p>{detail}</p>
    </Callout>
  );
}
