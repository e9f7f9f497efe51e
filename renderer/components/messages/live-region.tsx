import { useEffect, useState, type ReactElement } from 'react';
import { presentLink } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import styles from './live-region.module.css';

/**
 * Tells screen readers what changed: the link, once per change and without its countdown, and a source that
 * was lost. Nothing is said while the page loads.
 */
export function LiveRegion(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const [text, setText] = useState('');
  const { label } = presentLink(link, 0);
  const attempt = link.phase === 'recovering' ? ` Attempt ${link.attempt} of ${link.attempts}.` : '';
  const words = `${label}.${attempt}`.replace('..', '.');
  useEffect(() => setText(words), [words]);
  return (
    <p className={styles.region} role="status" aria-live="polite" data-testid="announcement">
      {text}
    </p>
  );
}
