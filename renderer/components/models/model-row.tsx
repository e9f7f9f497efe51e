import { Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { LocalModel } from '../../engine/local-model.ts';
import { useApp } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { IconButton } from '../controls/icon-button.tsx';
import { bytesInWords, licenceInWords, sizesInWords } from './about-model.ts';
import { LicenceDialog } from './licence-dialog.tsx';
import styles from './model-row.module.css';
import { RemoveDialog } from './remove-dialog.tsx';

type Open = 'none' | 'licence' | 'removal';

/** One model: what it does, where it runs, whose it is. */
export function ModelRow({ model }: { model: LocalModel }): ReactElement {
  const { manifest, origin } = model;
  const { id, title, description, license, bytes } = manifest;
  const hasText = useApp(({ models }) => models.licensed.includes(id));
  const [open, setOpen] = useState<Open>('none');
  const close = (): void => setOpen('none');
  return (
    <li className={styles.row} data-testid={`model-${id}`} data-origin={origin}>
      <div className={styles.header}>
        <h3 className={styles.title}>{title}</h3>
        <span className={styles.origin}>{origin === 'built-in' ? 'Built in' : 'Your own'}</span>
        {origin === 'user' && (
          <IconButton
            label={`Remove ${title}`}
            className={styles.remove}
            data-testid="model-remove"
            onClick={() => setOpen('removal')}
          >
            <Trash2 size={15} aria-hidden />
          </IconButton>
        )}
      </div>
      {description !== '' && <p className={styles.description}>{description}</p>}
      <p className={styles.facts}>
        {origin === 'built-in' ? 'Runs here and on runners' : 'Runs here'} · {sizesInWords(manifest)} ·{' '}
        {bytesInWords(bytes)}
      </p>
      <p className={styles.facts}>
        {licenceInWords(license)}
        {(hasText || origin === 'built-in') && (
          <Button
            look="quiet"
            className={styles.licence}
            aria-label={`Show licence of ${title}`}
            data-testid="model-licence"
            onClick={() => setOpen('licence')}
          >
            Show licence
          </Button>
        )}
      </p>
      <LicenceDialog model={model} open={open === 'licence'} onClose={close} />
      <RemoveDialog model={model} open={open === 'removal'} onClose={close} />
    </li>
  );
}
