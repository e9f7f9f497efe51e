import { FolderOpen, Repeat } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../controls/button.tsx';
import styles from './file-picker.module.css';

/** The file that plays, and the way to another. */
export function FilePicker({ name, onPick }: { name: string; onPick: () => void }): ReactElement {
  return (
    <div className={styles.file}>
      <Repeat size={16} className={styles.icon} aria-hidden />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <Button onClick={onPick}>
        <FolderOpen size={16} aria-hidden /> Other…
      </Button>
    </div>
  );
}
