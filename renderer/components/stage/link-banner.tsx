import { RotateCw, Square, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import styles from './link-banner.module.css';
import { useLinkText } from './use-link-text.ts';

/** Over the last picture while the link recovers: what was lost, what is tried, when, and the ways out. */
export function LinkBanner(): ReactElement | null {
  const phase = useApp(({ status }) => status.state.phase);
  const text = useLinkText();
  const dispatch = useDispatch();
  if (phase !== 'recovering') return null;
  return (
    <div className={styles.banner} data-testid="link-banner">
      <TriangleAlert className={styles.icon} size={20} aria-hidden />
      <div className={styles.words}>
        <p className={styles.label}>{text.label}</p>
        <p className={styles.detail}>{text.detail}</p>
      </div>
      <div className={styles.actions}>
        <Button data-testid="retry" onClick={() => dispatch({ type: 'retry' })}>
          <RotateCw size={15} aria-hidden /> Retry now
        </Button>
        <Button data-testid="banner-stop" onClick={() => dispatch({ type: 'stop' })}>
          <Square size={14} aria-hidden /> Stop
        </Button>
      </div>
    </div>
  );
}
