import { useId, type ReactElement } from 'react';
import { recoveryRanges } from '../../../shared/link/recovery-settings.ts';
import box from '../controls/number-box.module.css';
import { rangeOf, shownValue } from './read-recovery.ts';
import type { RecoveryField } from './recovery-fields.ts';
import styles from './recovery-row.module.css';

interface RecoveryRowProps {
  field: RecoveryField;
  /** As typed. */
  value: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}

/** One number: what it is, what it may be, and what is usual. */
export function RecoveryRow({ field, value, problem, onChange }: RecoveryRowProps): ReactElement {
  const { key, label, hint, unit } = field;
  const id = useId();
  const standard = shownValue(key, recoveryRanges[key].default);
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <span className={box.field}>
        <input
          id={id}
          name={key}
          className={box.input}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}hint`}
          data-testid={`recovery-${key}`}
          onChange={({ target }) => onChange(target.value)}
        />
        {unit !== '' && <span className={box.unit}>{unit}</span>}
      </span>
      <p id={`${id}hint`} className={styles.hint}>
        {problem !== undefined && (
          <strong className={styles.problem} data-testid={`recovery-problem-${key}`}>
            {problem}
          </strong>
        )}
        {hint} {rangeOf(key)}
        {unit === '' ? '' : `\u00A0${unit}`}, usually {standard}.
      </p>
    </div>
  );
}
