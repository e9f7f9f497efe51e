import type { ReactElement } from 'react';
import { rangeChoices, type Answers } from '../../models/answers.ts';
import { useDispatch } from '../../state/app-context.ts';
import type { CandidateSubject } from '../../state/models-state.ts';
import { TextField } from '../controls/text-field.tsx';
import styles from './add-model.module.css';
import { Question } from './question.tsx';
import { ParameterDraft } from './parameter-draft.tsx';
import { inferredInWords } from './inferred-in-words.ts';

type Inferred = Extract<CandidateSubject, { kind: 'inferred' }>;

/** What the file cannot say of itself, and nothing else. */
export function Questions({ subject: { model, answers } }: { subject: Inferred }): ReactElement {
  const dispatch = useDispatch();
  const answer = (change: Partial<Answers>): void =>
    dispatch({ type: 'model-answered', answers: { ...answers, ...change } });
  const out = model.outputs.find(({ name }) => name === answers.output) ?? model.outputs[0];
  const floats = model.image.type === 'float32';
  return (
    <>
      <p className={styles.inferred} data-testid="model-inferred">
        {inferredInWords(model)}
      </p>
      <TextField
        label="Name"
        hint="As it is listed among the pipelines."
        value={answers.title}
        onChange={(title) => answer({ title })}
        maxLength={128}
        required
        data-testid="model-title"
      />
      {floats && (
        <Question
          label="Colours go in as"
          hint="What black and white are to the model: most take 0 to 1. Look at where the model is from."
          testId="model-range"
          options={rangeChoices}
          value={answers.range}
          onChoose={(range) => answer({ range })}
        />
      )}
      {out.type === 'float32' && (
        <Question
          label="Colours come out as"
          testId="model-out-range"
          options={rangeChoices}
          value={answers.outRange}
          onChoose={(outRange) => answer({ outRange })}
        />
      )}
      {(model.image.channels === 3 || out.channels === 3) && (
        <Question
          label="Order of the colours"
          testId="model-order"
          options={[
            { value: 'RGB', label: 'Red first (RGB)' },
            { value: 'BGR', label: 'Blue first (BGR), as in OpenCV' },
          ]}
          value={answers.order}
          onChoose={(order) => answer({ order })}
        />
      )}
      {model.outputs.length > 1 && (
        <Question
          label="The picture that comes out"
          testId="model-output"
          options={model.outputs.map(({ name, channels }) => ({
            value: name,
            label: `${name}, ${channels === 1 ? '1 channel' : `${channels} channels`}`,
          }))}
          value={answers.output}
          onChoose={(output) => answer({ output })}
        />
      )}
      <TextField
        label="Licence"
        hint="As an SPDX expression, such as MIT or CC-BY-4.0; LicenseRef-unknown when nobody told you."
        value={answers.license}
        onChange={(license) => answer({ license })}
        maxLength={128}
        required
        data-testid="model-license"
      />
      {answers.parameters.length > 0 && (
        <fieldset className={styles.parameters}>
          <legend className={styles.legend}>Parameters</legend>
          {answers.parameters.map((parameter) => (
            <ParameterDraft
              key={parameter.name}
              parameter={parameter}
              onChange={(next) =>
                answer({
                  parameters: answers.parameters.map((other) => (other === parameter ? next : other)),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
