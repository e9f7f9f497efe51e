import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { hasStoppedHere, isMadeHere, missedBecause } from '../../../shared/bridge/shown.ts';
import type { LinkAction } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import { LinkActionButton } from './link-action-button.tsx';
import styles from './link-banner.module.css';
import { useLinkText } from './use-link-text.ts';

const testIds: Partial<Record<LinkAction, string>> = {
  retry: 'retry',
  stop: 'banner-stop',
  'use-local': 'use-local',
};

/** Over the picture while the link is not as it should be: what is wrong, what is tried, when, and the ways out. */
export function LinkBanner(): ReactElement | null {
  const phase = useApp(({ status }) => status.state.phase);
  const { label, detail, actions } = useLinkText();
  const missed = useApp(({ shown }) => missedBecause(shown) !== null);
  const here = useApp(({ shown }) => isMadeHere(shown));
  const stopped = useApp(({ shown }) => hasStoppedHere(shown));
  const chosen = useApp(({ shown }) => shown.kind === 'local' && shown.because === 'chosen');
  const broken = phase === 'recovering' || phase === 'degraded';
  // Where the stage has a picture, it has no room for the words of a link that failed.
  const behind = (here && phase === 'failed') || (missed && phase === 'live');
  // Whoever has chosen the local route is told no more of the link, which is on its way out.
  if (chosen || (!broken && !behind && !stopped)) return null;
  return (
    <div className={styles.banner} data-testid="link-banner">
      <TriangleAlert className={styles.icon} size={20} aria-hidden />
      <div className={styles.words}>
        <p className={styles.label}>{label}</p>
        <p className={styles.detail}>{detail}</p>
      </div>
      <div className={styles.actions}>
        {actions.map((action) => (
          <LinkActionButton key={action} action={action} data-testid={testIds[action]} />
        ))}
      </div>
    </div>
  );
}
