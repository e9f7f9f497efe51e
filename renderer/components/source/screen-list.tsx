import { useEffect, useState, type ReactElement } from 'react';
import type { CaptureSource } from '../../../shared/ipc/contract.ts';
import { useServices } from '../../state/app-context.ts';
import { Spinner } from '../controls/spinner.tsx';
import { Callout } from '../messages/callout.tsx';
import styles from './screen-list.module.css';

type Listing =
  | { phase: 'loading' }
  | { phase: 'listed'; sources: CaptureSource[] }
  | { phase: 'failed'; detail: string };

/** The screens and windows there are at the moment it is shown, as pictures to choose from. */
export function ScreenList({ onChoose }: { onChoose: (source: CaptureSource) => void }): ReactElement {
  const { bridge } = useServices();
  const [listing, setListing] = useState<Listing>({ phase: 'loading' });
  useEffect(() => {
    let stale = false;
    const settle = (next: Listing): void => {
      if (!stale) setListing(next);
    };
    bridge.listCaptureSources().then(
      (sources) => settle({ phase: 'listed', sources }),
      (error: unknown) => settle({ phase: 'failed', detail: String(error) }),
    );
    return () => {
      stale = true;
    };
  }, [bridge]);

  if (listing.phase === 'loading')
    return (
      <p className={styles.empty}>
        <Spinner /> Looking for screens and windows…
      </p>
    );
  if (listing.phase === 'failed')
    return (
      <Callout tone="error" title="Screens could not be listed" testId="screens-failed">
        <p>{listing.detail}</p>
      </Callout>
    );
  if (listing.sources.length === 0)
    return <p className={styles.empty}>There is nothing to capture: no screen and no window was found.</p>;
  return (
    <ul className={styles.grid}>
      {listing.sources.map((source) => (
        <li key={source.id}>
          <button
            type="button"
            className={styles.tile}
            data-testid="screen-tile"
            onClick={() => onChoose(source)}
          >
            <img className={styles.picture} src={source.thumbnail} alt="" />
            <span className={styles.name}>{source.name}</span>
            <span className={styles.kind}>{source.kind === 'screen' ? 'Screen' : 'Window'}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
