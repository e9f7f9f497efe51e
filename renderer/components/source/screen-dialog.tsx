import type { ReactElement } from 'react';
import { useDispatch } from '../../state/app-context.ts';
import { Modal } from '../controls/modal.tsx';
import { ScreenList } from './screen-list.tsx';

interface ScreenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Chooses a screen or window as the source. */
export function ScreenDialog({ open, onOpenChange }: ScreenDialogProps): ReactElement {
  const dispatch = useDispatch();
  return (
    <Modal open={open} onOpenChange={onOpenChange} title="Choose a screen or window">
      <ScreenList
        onChoose={({ id, name }) => {
          dispatch({
            type: 'source-chosen',
            choice: { kind: 'screen', name },
            ticket: { kind: 'screen', id },
          });
          onOpenChange(false);
        }}
      />
    </Modal>
  );
}
