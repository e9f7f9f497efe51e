import { useId, type ReactElement } from 'react';
import type { DraftParameter } from '../../models/infer-parameters.ts';
import field from '../controls/field.module.css';
import { NumberInput } from '../pipeline/number-input.tsx';
import styles from './add-model.module.css';

type Range = Extract<DraftParameter, { kind: 'range' }>;

interface ParameterDraftProps {
  parameter: DraftParameter;
  onChange: (parameter: DraftParameter) => void;
}

/** Wider than any parameter that we have seen; the schema only asks that numbers be finite. */
const bounds = { min: -1_000_000, max: 1_000_000, step: 0.001 };

const numbers = [
  { key: 'min', label: 'From' },
  { key: 'max', label: 'To' },
  { key: 'default', label: 'Starts at' },
] as const satisfies readonly { key: keyof Range; label: string }[];

/** One parameter: what to call it, and for a number which values it may have. */
export function ParameterDraft({ parameter, onChange }: ParameterDraftProps): ReactElement {
  const id = useId();
  const { input, label, name } = parameter;
  return (
    <div className={styles.parameter} data-testid={`model-parameter-${name}`}>
      <div className={field.field}>
        <label htmlFor={id} className={field.hint}>
          Name of the {parameter.kind === 'color' ? 'colour' : 'number'} “{input}”
        </label>
        <input
          id={id}
          className={field.input}
          value={label}
          maxLength={64}
          required
          autoComplete="off"
          onChange={({ target }) => onChange({ ...parameter, label: target.value })}
        />
      </div>
      {parameter.kind === 'range' && (
        <div className={styles.numbers}>
          {numbers.map(({ key, label: word }) => (
            <div key={key} className={styles.number}>
              <span aria-hidden>{word}</span>
              <NumberInput
                label={`${label}: ${word.toLowerCase()}`}
                bounds={bounds}
                value={parameter[key]}
                onChange={(value) => onChange({ ...parameter, [key]: value })}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
