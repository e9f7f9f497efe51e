import type { ReactElement } from 'react';
import { Spinner } from '../components/controls/spinner.tsx';
import { Callout } from '../components/messages/callout.tsx';
import type { Boot } from '../state/app-state.ts';
import styles from './boot-screen.module.css';

/** Until main has answered; and when it doesn't. */
export function BootScreen({ boot }: { boot: Exclude<Boot, { phase: 'ready' }> }): ReactElement {
  return (
    <main className={styles.screen} data-testid="boot">
      <h1 className={styles.name}>Linkspan</h1>
      {boot.phase === 'loading' ? (
        <output className={styles.loading}>
          <Spinner /> Starting…
        </output>
      ) : (
        <Callout tone="error" title="Linkspan could not start" testId="boot-failed">
          <p>Quit it and start it again. If that does not help, its log says more.</p>
          <p>{boot.detail}</p>
        </Callout>
      )}
    </main>
  );
}
