import { useId, type ReactElement } from 'react';
import { Choice } from '../controls/choice.tsx';
import field from '../controls/field.module.css';

interface QuestionProps<Value extends string> {
  label: string;
  hint?: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChoose: (value: Value) => void;
  testId: string;
}

/** A list to choose one of, with its name above. */
export function Question<Value extends string>({
  label,
  hint,
  options,
  value,
  onChoose,
  testId,
}: QuestionProps<Value>): ReactElement {
  const id = useId();
  return (
    <div className={field.field}>
      <span id={id} className={field.label}>
        {label}
      </span>
      <Choice
        label={label}
        labelledBy={id}
        testId={testId}
        options={options}
        value={value}
        onChoose={(chosen) => {
          const option = options.find((candidate) => candidate.value === chosen);
          if (option) onChoose(option.value);
        }}
      />
      {hint !== undefined && <p className={field.hint}>{hint}</p>}
    </div>
  );
}
