import { CircleDashed, CircleX, Radio, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { presentLink, type Tone } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import { Spinner } from '../controls/spinner.tsx';
import styles from './link-indicator.module.css';

const icons: Record<Tone, ReactElement> = {
  idle: <CircleDashed size={16} aria-hidden />,
  busy: <Spinner size={16} />,
  live: <Radio size={16} aria-hidden />,
  warning: <TriangleAlert size={16} aria-hidden />,
  error: <CircleX size={16} aria-hidden />,
};

/** The words that fit the header; the banner and the stage have the whole story. */
const shortLabels: Partial<Record<Tone, string>> = { warning: 'Reconnecting', error: 'Not connected' };

/** The link at a glance: shape, colour and words. `data-phase` and `data-stage` are for tests. */
export function LinkIndicator(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const endpoint = useApp((state) => state.status.endpoint?.name ?? state.endpoint?.name ?? null);
  const { tone, label } = presentLink(link, 0);
  const stage = 'stage' in link ? link.stage : null;
  return (
    <div
      className={styles.indicator}
      data-tone={tone}
      data-phase={link.phase}
      data-stage={stage ?? undefined}
      data-testid="link-status"
    >
      {icons[tone]}
      <span className={styles.label}>{shortLabels[tone] ?? label}</span>
      {endpoint !== null && <span className={styles.endpoint}>{endpoint}</span>}
    </div>
  );
}
