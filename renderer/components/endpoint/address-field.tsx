import { useEffect, useId, useRef, type ReactElement } from 'react';
import { useApp } from '../../state/app-context.ts';
import { classNames } from '../controls/class-names.ts';
import field from '../controls/field.module.css';
import styles from './runner-form.module.css';

interface AddressFieldProps {
  value: string;
  /** What becomes of what is typed, or what is wrong with it. */
  hint: { tone: 'corrected' | 'wrong'; text: string } | null;
  takesFocus: boolean;
  onChange: (value: string) => void;
}

/** A runner's address; while it is typed, the words beneath say what will be used. */
export function AddressField({ value, hint, takesFocus, onChange }: AddressFieldProps): ReactElement {
  const asked = useApp((state) => state.endpointAsked);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    if (takesFocus || asked > 0) input.current?.focus();
  }, [takesFocus, asked]);
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        Address
      </label>
      <input
        id={id}
        ref={input}
        className={field.input}
        type="text"
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        placeholder="wss://runner.example/ws"
        maxLength={2048}
        value={value}
        data-testid="endpoint-url"
        aria-describedby={`${id}hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p
        id={`${id}hint`}
        className={classNames(field.hint, hint ? styles[hint.tone] : undefined)}
        aria-live="polite"
        data-testid="endpoint-hint"
        data-tone={hint?.tone}
      >
        {hint?.text ?? 'wss:// anywhere, ws:// on this computer and in your own network.'}
      </p>
    </div>
  );
}
