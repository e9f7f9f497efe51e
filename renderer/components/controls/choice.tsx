import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactElement } from 'react';
import styles from './choice.module.css';

interface Option {
  value: string;
  label: string;
}

interface ChoiceProps {
  label: string;
  options: readonly Option[];
  /** Null: nothing chosen yet. */
  value: string | null;
  onChoose: (value: string) => void;
  placeholder?: string;
  labelledBy?: string;
  testId?: string;
}

/** A list to choose one of. */
export function Choice({
  label,
  options,
  value,
  onChoose,
  placeholder,
  labelledBy,
  testId,
}: ChoiceProps): ReactElement {
  const landmark = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    landmark.current = document.querySelector('main');
  }, []);
  return (
    <Select.Root
      items={[...options]}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChoose(next);
      }}
    >
      <Select.Trigger
        className={styles.trigger}
        data-testid={testId}
        {...(labelledBy === undefined ? { 'aria-label': label } : { 'aria-labelledby': labelledBy })}
      >
        <Select.Value className={styles.value} placeholder={placeholder ?? label} />
        <Select.Icon className={styles.icon}>
          <ChevronDown size={16} aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      {/* Within the landmark, so that a reader knows where the list belongs. */}
      <Select.Portal container={landmark}>
        <Select.Positioner className={styles.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className={styles.popup}>
            {options.map((option) => (
              <Select.Item key={option.value} value={option.value} className={styles.item}>
                <Select.ItemIndicator className={styles.tick}>
                  <Check size={14} aria-hidden />
                </Select.ItemIndicator>
                <Select.ItemText className={styles.text}>{option.label}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
