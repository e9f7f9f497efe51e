import { Switch } from '@base-ui/react/switch';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import styles from './labelled-switch.module.css';

interface LabelledSwitchProps extends Pick<ComponentProps<typeof Switch.Root>, 'checked'> {
  children: ReactNode;
  onChange: (on: boolean) => void;
  testId: string;
  /** For tests and tools, where on and off do not say it all. */
  state?: string;
}

/** A setting that is on or off, with its words beside it. */
export function LabelledSwitch({
  checked,
  children,
  onChange,
  testId,
  state,
}: LabelledSwitchProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI's switch brings its input along
    <label className={styles.label}>
      <Switch.Root
        className={styles.switch}
        checked={checked}
        data-testid={testId}
        data-state={state}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
      {children}
    </label>
  );
}
