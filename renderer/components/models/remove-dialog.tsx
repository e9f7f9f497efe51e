import type { ReactElement } from 'react';
import type { LocalModel } from '../../engine/local-model.ts';
import { useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { Modal } from '../controls/modal.tsx';
import styles from './remove-dialog.module.css';

interface RemoveDialogProps {
  model: LocalModel;
  open: boolean;
  onClose: () => void;
}

/** Asks before a model goes. */
export function RemoveDialog({ model, open, onClose }: RemoveDialogProps): ReactElement {
  const dispatch = useDispatch();
  const { id, title } = model.manifest;
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={`Remove ${title}?`}
      description="Its folder is deleted from this computer. The file that it was added from stays where it is."
    >
      <div className={styles.actions}>
        <Button data-testid="model-keep" onClick={onClose}>
          Keep
        </Button>
        <Button
          look="primary"
          data-testid="model-remove-confirm"
          onClick={() => {
            onClose();
            dispatch({ type: 'remove-model', id });
          }}
        >
          Remove
        </Button>
      </div>
    </Modal>
  );
}
