import { RotateCcw } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { defaultRecovery } from '../../../shared/link/recovery-settings.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { Modal } from '../controls/modal.tsx';
import { draftsOf, readRecovery } from './read-recovery.ts';
import styles from './recovery-dialog.module.css';
import { RecoveryRow } from './recovery-row.tsx';
import { recoveryFields } from './recovery-fields.ts';

interface RecoveryDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The numbers by which a loss is noticed and mended, for those whose network asks for others. */
export function RecoveryDialog({ open, onOpenChange }: RecoveryDialogProps): ReactElement {
  return (
    <Modal
      open={open}
      onOpenChange={onOpenChange}
      title="Detection and recovery"
      description="When the link counts as lost, and how it is mended. The defaults suit most networks."
    >
      {/* Mounted with the dialog, so that it starts from what is in force. */}
      <RecoveryForm onDone={() => onOpenChange(false)} />
    </Modal>
  );
}

function RecoveryForm({ onDone }: { onDone: () => void }): ReactElement {
  const kept = useApp((state) => state.settings.recovery);
  const dispatch = useDispatch();
  const [drafts, setDrafts] = useState(() => draftsOf(kept));
  /** Nobody is told off while still typing for the first time. */
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const read = readRecovery(drafts);
  const problems = tried && !read.ok ? read.problem : {};

  function save(): void {
    setTried(true);
    if (read.ok) {
      dispatch({ type: 'recovery-chosen', recovery: read.value });
      onDone();
      return;
    }
    const wrong = recoveryFields.flatMap(({ fields }) => fields).find(({ key }) => read.problem[key]);
    if (wrong) form.current?.querySelector<HTMLInputElement>(`[name=${wrong.key}]`)?.focus();
  }

  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      data-testid="recovery-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {recoveryFields.map(({ title, fields }) => (
        <fieldset key={title} className={styles.group}>
          <legend className={styles.title}>{title}</legend>
          {fields.map((field) => (
            <RecoveryRow
              key={field.key}
              field={field}
              value={drafts[field.key]}
              problem={problems[field.key]}
              onChange={(text) => setDrafts({ ...drafts, [field.key]: text })}
            />
          ))}
        </fieldset>
      ))}
      <div className={styles.actions}>
        <Button
          look="quiet"
          data-testid="recovery-reset"
          onClick={() => setDrafts(draftsOf(defaultRecovery))}
        >
          <RotateCcw size={14} aria-hidden /> Reset to defaults
        </Button>
        <span className={styles.gap} />
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" data-testid="recovery-save">
          Save
        </Button>
      </div>
    </form>
  );
}
