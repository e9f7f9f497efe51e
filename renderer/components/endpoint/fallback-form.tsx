import { Plus } from 'lucide-react';
import { useCallback, useRef, useState, type ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { endpointName } from '../../state/endpoint-name.ts';
import { Button } from '../controls/button.tsx';
import { Spinner } from '../controls/spinner.tsx';
import { TextField } from '../controls/text-field.tsx';
import { asKept } from './fallback-list.ts';
import styles from './fallback-panel.module.css';
import { TokenField } from './token-field.tsx';

const takeFocus = (input: HTMLInputElement | null): void => input?.focus();
const nothing = { url: '', name: '', token: '' };

/** Adds a runner to the end of the list: a button until it is wanted. */
export function FallbackForm(): ReactElement {
  const list = useApp((state) => state.settings.fallbacks);
  const phase = useApp((state) => state.fallbackCheck.phase);
  const dispatch = useDispatch();
  const [draft, setDraft] = useState<typeof nothing | null>(null);
  const [shown, setShown] = useState(list);
  if (list !== shown) {
    setShown(list);
    setDraft(null);
  }
  /** Whoever leaves the form by keyboard goes on from the button that opened it. */
  const isLeaving = useRef(false);
  const takeFocusBack = useCallback((button: HTMLButtonElement | null) => {
    if (button && isLeaving.current) button.focus();
    if (button) isLeaving.current = false;
  }, []);

  if (draft === null)
    return (
      <Button
        ref={takeFocusBack}
        className={styles.open}
        data-testid="fallback-open"
        onClick={() => setDraft(nothing)}
      >
        <Plus size={15} aria-hidden /> Add a runner
      </Button>
    );

  const url = draft.url.trim();
  const isKnown = list.some((other) => other.url === url);
  return (
    <form
      className={styles.form}
      aria-label="Add a runner"
      onSubmit={(event) => {
        event.preventDefault();
        if (url === '' || isKnown) return;
        isLeaving.current = true;
        const name = draft.name.trim() === '' ? endpointName(url) : draft.name.trim();
        const added = { url, name, token: draft.token === '' ? null : draft.token };
        dispatch({ type: 'save-fallbacks', fallbacks: [...asKept(list), added] });
      }}
    >
      <TextField
        label="Address"
        hint={
          isKnown
            ? 'This runner is in the list already.'
            : 'wss:// anywhere, ws:// on this machine and in your own network.'
        }
        value={draft.url}
        onChange={(url) => setDraft({ ...draft, url })}
        ref={takeFocus}
        inputMode="url"
        placeholder="wss://other.example/ws"
        maxLength={2048}
        data-testid="fallback-url"
      />
      <TextField
        label="Name"
        hint="Its host, when left empty."
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
        maxLength={128}
        data-testid="fallback-name"
      />
      <TokenField
        testId="fallback-token"
        value={draft.token}
        stored={false}
        onChange={(token) => setDraft({ ...draft, token })}
      />
      <div className={styles.actions}>
        <Button
          data-testid="fallback-cancel"
          onClick={() => {
            isLeaving.current = true;
            setDraft(null);
          }}
        >
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={url === '' || isKnown} data-testid="fallback-add">
          {phase === 'saving' && <Spinner />} Add
        </Button>
      </div>
    </form>
  );
}
