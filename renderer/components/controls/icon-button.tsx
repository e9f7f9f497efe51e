import { Tooltip } from '@base-ui/react/tooltip';
import type { ComponentProps, ReactElement } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';

interface IconButtonProps extends ComponentProps<'button'> {
  /** Name and hint at once. */
  label: string;
  /** The key that does the same, shown in the hint. */
  shortcut?: string;
}

/** A button with a picture on it; its name shows as a hint. */
export function IconButton({ label, shortcut, className, ...rest }: IconButtonProps): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button type="button" {...rest} />}
        aria-label={label}
        className={classNames(styles.button, className)}
      />
      <Tooltip.Portal>
        {/* For eyes only: the button bears the same name, and the hint stands outside of all landmarks. */}
        <Tooltip.Positioner sideOffset={6} aria-hidden>
          <Tooltip.Popup className={styles.hint}>
            {label}
            {shortcut !== undefined && <kbd className={styles.key}>{shortcut}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
