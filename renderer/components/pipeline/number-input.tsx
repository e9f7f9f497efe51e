import { useState, type ReactElement } from 'react';
import styles from '../controls/number-box.module.css';
import { decimalsOf, readNumber, type NumberBounds } from './read-number.ts';

interface NumberInputProps {
  id?: string;
  label: string;
  bounds: NumberBounds;
  value: number;
  onChange: (value: number) => void;
  unit?: string | undefined;
}

/** A number to type: taken when it can be read, clamped to the bounds, and shown as it is once left. */
export function NumberInput({ id, label, bounds, value, onChange, unit }: NumberInputProps): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = value.toFixed(Math.min(6, decimalsOf(bounds.step)));
  const nudge = (steps: number): void => {
    const next = readNumber(String(value + steps * bounds.step), bounds);
    setDraft(null);
    if (next !== null) onChange(next);
  };
  return (
    <span className={styles.field}>
      <input
        id={id}
        className={styles.input}
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        value={draft ?? shown}
        onChange={({ target }) => {
          setDraft(target.value);
          const next = readNumber(target.value, bounds);
          if (next !== null) onChange(next);
        }}
        onKeyDown={({ key }) => {
          if (key === 'ArrowUp') nudge(1);
          if (key === 'ArrowDown') nudge(-1);
          if (key === 'Enter') setDraft(null);
        }}
        onBlur={() => setDraft(null)}
      />
      {unit !== undefined && unit !== '' && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}
