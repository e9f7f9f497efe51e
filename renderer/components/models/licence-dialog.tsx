import { useEffect, useState, type ReactElement } from 'react';
import ownLicence from '../../../LICENSE?raw';
import type { LocalModel } from '../../engine/local-model.ts';
import { useServices } from '../../state/app-context.ts';
import { Modal } from '../controls/modal.tsx';
import styles from './licence-dialog.module.css';

interface LicenceDialogProps {
  model: LocalModel;
  open: boolean;
  onClose: () => void;
}

/** The text of a model's licence: the app's own for what it brings, else what lies beside the model. */
export function LicenceDialog({ model, open, onClose }: LicenceDialogProps): ReactElement {
  const { manifest, origin } = model;
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={`Licence of ${manifest.title}`}
      description={manifest.license}
    >
      {origin === 'built-in' ? <Text text={ownLicence} /> : <TextBeside id={manifest.id} />}
    </Modal>
  );
}

function TextBeside({ id }: { id: string }): ReactElement {
  const { bridge } = useServices();
  const [text, setText] = useState('');
  useEffect(() => {
    bridge
      .modelLicence({ id })
      .then((found) => setText(found ?? 'The text is not there any more.'))
      .catch((error: unknown) => setText(`The text could not be read: ${String(error)}`));
  }, [bridge, id]);
  return <Text text={text} />;
}

const Text = ({ text }: { text: string }): ReactElement => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by the keyboard
  <pre className={styles.text} tabIndex={0} aria-label="Licence text" data-testid="licence-text">
    {text}
  </pre>
);
