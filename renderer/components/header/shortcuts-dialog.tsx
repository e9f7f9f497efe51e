import type { ReactElement } from 'react';
import { useApp } from '../../state/app-context.ts';
import { Modal } from '../controls/modal.tsx';
import styles from './shortcuts-dialog.module.css';

const shortcuts = [
  { keys: 'Space', does: 'Start or stop' },
  { keys: 'Ctrl L', does: 'Switch between local and cloud' },
  { keys: 'F', does: 'Full screen' },
  { keys: 'W', does: 'Output window: the picture alone' },
  { keys: 'T', does: 'In the output window: keep it on top' },
  { keys: 'V', does: 'Source in the corner, beside the output, hidden' },
  { keys: 'O', does: 'Start or stop recording' },
  { keys: 'S', does: 'Take a snapshot' },
  { keys: 'R', does: 'Retry now, while reconnecting' },
  { keys: '1  2  3  4  5', does: 'Pipeline, source, models, runners, activity' },
  { keys: '?', does: 'This list' },
];

/** What the keyboard can do, and what this build is. */
export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}): ReactElement {
  const about = useApp((state) => state.about);
  const onMac = about?.platform === 'darwin';
  return (
    <Modal
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      description="They work while no text field has the focus."
    >
      <dl className={styles.list}>
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className={styles.row}>
            <dt className={styles.does}>{does}</dt>
            <dd className={styles.keys}>
              {(onMac ? keys.replace('Ctrl', '⌘') : keys).split(/\s+/).map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {about && (
        <p className={styles.about}>
          Linkspan {about.version} · {about.runtime}
          <br />
          Log: {about.logFile}
        </p>
      )}
    </Modal>
  );
}
