import { useEffect, useState, type ReactElement } from 'react';
import type { CaptureSource } from '../../../shared/ipc/contract.ts';
import { useServices } from '../../state/app-context.ts';
import { Modal } from '../controls/modal.tsx';
import { Spinner } from '../controls/spinner.tsx';
import { Callout } from '../messages/callout.tsx';
import styles from './screen-dialog.module.css';

type Listing =
  | { phase: 'loading' }
  | { phase: 'listed'; sources: CaptureSource[] }
  | { phase: 'failed'; detail: string };

interface ScreenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The screens and windows there are, as pictures to choose from. */
export function ScreenDialog({ open, onOpenChange }: ScreenDialogProps): ReactElement {
  const { bridge, store } = useServices();
  const [listing, setListing] = useState<Listing>({ phase: 'loading' });
  useEffect(() => {
    if (!open) return;
    let stale = false;
    setListing({ phase: 'loading' });
    bridge.listCaptureSources().then(
      (sources) => !stale && setListing({ phase: 'listed', sources }),
      (error: unknown) => !stale && setListing({ phase: 'failed', detail: String(error) }),
    );
    return () => {
      stale = true;
    };
  }, [bridge, open]);

  const choose = ({ id, name }: CaptureSource): void => {
    store.dispatch({
      type: 'source-chosen',
      choice: { kind: 'screen', name },
      ticket: { kind: 'screen', id },
    });
    onOpenChange(false);
  };

  return (
    <Modal open={open} onOpenChange={onOpenChange} title="Choose a screen or window">
      {listing.phase === 'loading' && (
        <p className={styles.empty}>
          <Spinner /> Looking for screens and windows…
        </p>
      )}
      {listing.phase === 'failed' && (
        <Callout tone="error" title="Screens could not be listed" testId="screens-failed">
          <p>{listing.detail}</p>
        </Callout>
      )}
      {listing.phase === 'listed' && listing.sources.length === 0 && (
        <p className={styles.empty}>There is nothing to capture: no screen and no window was found.</p>
      )}
      {listing.phase === 'listed' && (
        <ul className={styles.grid}>
          {listing.sources.map((source) => (
            <li key={source.id}>
              <button
                type="button"
                className={styles.tile}
                data-testid="screen-tile"
                onClick={() => choose(source)}
              >
                <img className={styles.picture} src={source.thumbnail} alt="" />
                <span className={styles.name}>{source.name}</span>
                <span className={styles.kind}>{source.kind === 'screen' ? 'Screen' : 'Window'}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
