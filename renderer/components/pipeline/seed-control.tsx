import { Dices } from 'lucide-react';
import type { ReactElement } from 'react';
import { IconButton } from '../controls/icon-button.tsx';
import { NumberInput } from './number-input.tsx';
import type { ControlIds } from './parameter-control.tsx';
import styles from './seed-control.module.css';

/** Seeds travel as float32 in the end, which holds every whole number up to this one. */
const seedMax = 2 ** 24 - 1;

interface SeedControlProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  ids: ControlIds;
}

/** A whole number whose only meaning is to be another. */
export function SeedControl({ label, value, onChange, ids }: SeedControlProps): ReactElement {
  return (
    <div className={styles.seed}>
      <NumberInput
        id={ids.input}
        label={label}
        bounds={{ min: 0, max: seedMax, step: 1 }}
        value={value}
        onChange={(next) => onChange(Math.round(next))}
      />
      <IconButton
        label={`${label}: roll the dice`}
        onClick={() => onChange(Math.floor(Math.random() * (seedMax + 1)))}
      >
        <Dices size={18} aria-hidden />
      </IconButton>
    </div>
  );
}
