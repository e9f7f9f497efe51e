import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Toggle } from '@base-ui/react/toggle';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import styles from './segments.module.css';

interface SegmentsProps<Value extends string> {
  label: string;
  segments: readonly { value: Value; label: string; icon: LucideIcon }[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** A few choices side by side, exactly one pressed. */
export function Segments<Value extends string>({
  label,
  segments,
  value,
  onChoose,
}: SegmentsProps<Value>): ReactElement {
  return (
    <ToggleGroup
      aria-label={label}
      className={styles.group}
      value={[value]}
      onValueChange={([next]) => {
        if (next !== undefined) onChoose(next);
      }}
    >
      {segments.map(({ value, label, icon: Icon }) => (
        <Toggle key={value} value={value} title={label} className={styles.segment}>
          <Icon size={16} aria-hidden />
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
