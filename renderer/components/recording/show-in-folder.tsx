import type { ReactElement } from 'react';
import { useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import styles from './show-in-folder.module.css';

/** The way from a notice to the file that it is about. */
export function ShowInFolder({ id }: { id: string }): ReactElement {
  const dispatch = useDispatch();
  return (
    <span className={styles.action}>
      <Button
        look="quiet"
        data-testid="show-in-folder"
        onClick={() => dispatch({ type: 'saved-revealed', id })}
      >
        Show in folder
      </Button>
    </span>
  );
}
