import { Settings2 } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Spinner } from '../controls/spinner.tsx';
import { RecoveryDialog } from '../recovery/recovery-dialog.tsx';
import { EndpointOutcome } from './endpoint-outcome.tsx';
import styles from './endpoint-panel.module.css';
import { FallbackPanel } from './fallback-panel.tsx';
import { TokenField } from './token-field.tsx';

/** Where the stream goes. The form is mounted anew when the endpoint in force changes, so that it starts from it. */
export function EndpointPanel(): ReactElement {
  const endpoint = useApp((state) => state.endpoint);
  const [advanced, setAdvanced] = useState(false);
  return (
    <div className={styles.panel}>
      <EndpointForm key={endpoint?.url ?? ''} />
      <FallbackPanel />
      <section className={styles.advanced} aria-label="Advanced">
        <Button look="quiet" data-testid="advanced" onClick={() => setAdvanced(true)}>
          <Settings2 size={16} aria-hidden /> Advanced: detection and recovery
        </Button>
      </section>
      <RecoveryDialog open={advanced} onOpenChange={setAdvanced} />
    </div>
  );
}

function EndpointForm(): ReactElement {
  const endpoint = useApp((state) => state.endpoint);
  const check = useApp((state) => state.endpointCheck);
  const asked = useApp((state) => state.endpointAsked);
  const dispatch = useDispatch();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  /** Null: the stored token stays. */
  const [token, setToken] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    if (asked > 0) input.current?.focus();
  }, [asked]);

  const trimmed = url.trim();
  // A stored token belongs to its own address and is never sent to another.
  const stored = endpoint !== null && endpoint.hasToken && trimmed === endpoint.url;
  const sent = token ?? (stored ? null : '');
  const busy = check.phase === 'testing' || check.phase === 'saving';
  const save = (): void => dispatch({ type: 'save-endpoint', url: trimmed, token: sent });
  const edited = (): void => {
    if (check.phase !== 'none') dispatch({ type: 'endpoint-edited' });
  };

  return (
    <form
      className={styles.form}
      aria-label="Endpoint"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '' && !busy) save();
      }}
    >
      <div className={field.field}>
        <label htmlFor={id} className={field.label}>
          Address of the runner
        </label>
        <input
          id={id}
          ref={input}
          className={field.input}
          type="text"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          placeholder="wss://runner.example/ws"
          maxLength={2048}
          value={url}
          data-testid="endpoint-url"
          aria-describedby={`${id}hint`}
          onChange={({ target }) => {
            setUrl(target.value);
            edited();
          }}
        />
        <p id={`${id}hint`} className={field.hint}>
          {endpoint?.offered === true && trimmed === endpoint.url
            ? 'Offered by npm start: a runner on this machine.'
            : 'wss:// anywhere, ws:// on this machine and in your own network.'}
        </p>
      </div>
      <TokenField
        value={token ?? ''}
        stored={stored && token === null}
        onChange={(next) => {
          setToken(next);
          edited();
        }}
      />
      <div className={styles.actions}>
        <Button
          disabled={trimmed === '' || busy}
          data-testid="endpoint-test"
          onClick={() => dispatch({ type: 'test-endpoint', url: trimmed, token: sent })}
        >
          {check.phase === 'testing' && <Spinner />} Test connection
        </Button>
        <Button type="submit" look="primary" disabled={trimmed === '' || busy} data-testid="endpoint-save">
          {check.phase === 'saving' && <Spinner />} Use
        </Button>
      </div>
      <EndpointOutcome />
      {endpoint !== null && !endpoint.offered && (
        <Button
          look="quiet"
          className={styles.forget}
          disabled={busy}
          data-testid="endpoint-forget"
          onClick={() => dispatch({ type: 'save-endpoint', url: null, token: '' })}
        >
          Forget this endpoint
        </Button>
      )}
    </form>
  );
}
