import type { ComponentProps, ReactElement } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

type Look = 'primary' | 'plain' | 'quiet';

/** A button with words on it. */
export function Button({
  look = 'plain',
  className,
  ...rest
}: ComponentProps<'button'> & { look?: Look }): ReactElement {
  return <button type="button" {...rest} className={classNames(styles.button, styles[look], className)} />;
}
