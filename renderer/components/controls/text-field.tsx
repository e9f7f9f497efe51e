import { useId, type ComponentProps, type ReactElement } from 'react';
import field from './field.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}

/** A line of text, with its name above and a hint below. */
export function TextField({ label, hint, value, onChange, ...rest }: TextFieldProps): ReactElement {
  const id = useId();
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={field.input}
        type="text"
        spellCheck={false}
        autoComplete="off"
        value={value}
        aria-describedby={`${id}hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}hint`} className={field.hint}>
        {hint}
      </p>
    </div>
  );
}
