import { Info, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { ShowInFolder } from '../recording/show-in-folder.tsx';
import styles from './notice-list.module.css';

/** What main wants the user to know, until dismissed. */
export function NoticeList(): ReactElement {
  const notices = useApp((state) => state.notices);
  const dispatch = useDispatch();
  return (
    <ul className={styles.list} aria-label="Notices" aria-live="polite">
      {notices.map(({ id, text, savedId }) => (
        <li key={id} className={styles.notice} data-testid="notice">
          <Info size={18} className={styles.icon} aria-hidden />
          <span className={styles.text}>{text}</span>
          {savedId !== null && <ShowInFolder id={savedId} />}
          <IconButton label="Dismiss" onClick={() => dispatch({ type: 'notice-dismissed', id })}>
            <X size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
