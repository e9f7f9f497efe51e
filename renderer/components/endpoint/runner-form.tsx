import { useState, type ReactElement } from 'react';
import { mostRunners, type RunnerEntry } from '../../../shared/ipc/runner-channels.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import type { SavedAs } from '../../state/runners-state.ts';
import { Button } from '../controls/button.tsx';
import { Spinner } from '../controls/spinner.tsx';
import { TextField } from '../controls/text-field.tsx';
import { AddressField } from './address-field.tsx';
import { EndpointOutcome } from './endpoint-outcome.tsx';
import { asKept, replaced, usedFirst } from './list-edits.ts';
import { readDraft, type Draft } from './runner-draft.ts';
import styles from './runner-form.module.css';
import { TokenField } from './token-field.tsx';

interface RunnerFormProps {
  /** Address of the runner that is changed; null adds one. */
  editing: string | null;
  /** Whether it can be closed without saving. */
  canCancel: boolean;
}

/** Address, name and token of one runner: another one, or one of the list. */
export function RunnerForm({ editing, canCancel }: RunnerFormProps): ReactElement {
  const list = useApp((state) => state.runners.list);
  const { phase } = useApp((state) => state.runners.check);
  const dispatch = useDispatch();
  const [draft, setDraft] = useState<Draft>(() => {
    const name = list.find(({ url }) => url === editing)?.name ?? '';
    return { url: editing ?? '', name, token: '', dropsToken: false };
  });
  const { entry, hint, isEmpty, isKnown, isStored } = readDraft(draft, list, editing);
  const isBusy = phase === 'testing' || phase === 'saving';
  const isAdding = editing === null && list.length > 0;
  const isFull = editing === null && list.length >= mostRunners;

  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    if (phase !== 'none') dispatch({ type: 'endpoint-edited' });
  };
  const save = (as: SavedAs, runners: RunnerEntry[]): void =>
    dispatch({ type: 'save-runners', runners, as, url: entry.url });
  const use = (): void => save('used', usedFirst(list, entry));
  const submit = (): void => {
    if (isEmpty || isBusy || (isAdding && (isKnown || isFull))) return;
    if (editing !== null) save('changed', replaced(list, editing, entry));
    else if (isAdding) save('added', [...asKept(list), entry]);
    else use();
  };

  return (
    <form
      className={styles.form}
      aria-label={editing === null ? 'Add a runner' : 'Change this runner'}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <AddressField
        value={draft.url}
        hint={isKnown ? { tone: 'wrong', text: 'This runner is in the list already.' } : hint}
        takesFocus={canCancel}
        onChange={(url) => change({ url })}
      />
      <TextField
        label="Name"
        hint="Its host, when left empty."
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={128}
        data-testid="endpoint-name"
      />
      <TokenField
        value={draft.token}
        stored={isStored && draft.token === ''}
        onChange={(token) => change({ token })}
        onDrop={() => change({ dropsToken: true })}
      />
      <div className={styles.actions}>
        <Button
          disabled={isEmpty || isBusy}
          data-testid="endpoint-test"
          onClick={() => dispatch({ type: 'test-runner', from: 'form', url: entry.url, token: entry.token })}
        >
          {phase === 'testing' && <Spinner />} Test
        </Button>
        {isAdding && (
          <Button
            disabled={isEmpty || isBusy || (isFull && !isKnown)}
            data-testid="endpoint-save"
            onClick={use}
          >
            Use now
          </Button>
        )}
        <Button
          type="submit"
          look="primary"
          disabled={isEmpty || isBusy || (isKnown && (isAdding || editing !== null)) || isFull}
          data-testid={isAdding ? 'endpoint-add' : 'endpoint-save'}
        >
          {phase === 'saving' && <Spinner />} {isAdding ? 'Add' : editing === null ? 'Use' : 'Save'}
        </Button>
        {canCancel && (
          <Button
            look="quiet"
            data-testid="endpoint-cancel"
            onClick={() => dispatch({ type: 'runner-form-wanted', form: { mode: 'closed' } })}
          >
            Cancel
          </Button>
        )}
      </div>
      <EndpointOutcome />
    </form>
  );
}
