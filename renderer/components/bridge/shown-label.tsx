import type { ReactElement } from 'react';
import { shownLabel } from '../../../shared/bridge/present-bridge.ts';
import { useApp } from '../../state/app-context.ts';
import { pictureShown } from '../stage/stage-scene.ts';
import styles from './shown-label.module.css';

/** On the picture, always: whose it is, and why it is not the one that was wanted. */
export function ShownLabel(): ReactElement | null {
  const shown = useApp((state) => state.shown);
  const picture = useApp(pictureShown);
  const told = shownLabel(shown);
  if (told === null) return null;
  const route = picture === 'last' ? 'Last picture' : told.route;
  return (
    <figcaption className={styles.label} data-shown={shown.kind} data-testid="shown">
      <span className={styles.dot} data-picture={picture} aria-hidden />
      <span>{route}</span>
      {told.why !== '' && <span className={styles.why}> · {told.why}</span>}
    </figcaption>
  );
}
