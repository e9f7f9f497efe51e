import { ArrowDown, ArrowUp, KeyRound, Pencil, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import type { Runner } from '../../../shared/ipc/runner-channels.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { IconButton } from '../controls/icon-button.tsx';
import { RunnerResult } from './runner-result.tsx';
import styles from './runner-row.module.css';
import { buttonOf } from './use-list-focus.ts';

const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();

interface RunnerRowProps {
  runner: Runner;
  /** 1-based place in the order in which runners are gone to. */
  place: number;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One of the user's runners: what is known of it, and what can be done with it. */
export function RunnerRow({ runner, place, isLast, onMove, onRemove }: RunnerRowProps): ReactElement {
  const { name, url, hasToken, offered } = runner;
  const test = useApp((state) => state.runners.tests[url]);
  const inUse = useApp(({ status }) => status.state.phase !== 'idle' && status.endpoint?.url === url);
  const dispatch = useDispatch();
  const [isLeaving, setLeaving] = useState(false);
  const wasLeaving = useRef(false);
  useLayoutEffect(() => {
    if (wasLeaving.current && !isLeaving)
      document.querySelector<HTMLButtonElement>(buttonOf(url, 'runner-remove'))?.focus();
    wasLeaving.current = isLeaving;
  }, [isLeaving, url]);
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <span className={styles.place} aria-hidden>
          {place}
        </span>
        <div className={styles.words}>
          <p className={styles.name} data-testid="runner-name">
            {name}
          </p>
          <p className={styles.url} data-testid="runner-url">
            {url}
          </p>
        </div>
        {inUse && (
          <span className={styles.badge} data-testid="runner-in-use">
            In use
          </span>
        )}
      </div>
      <p className={styles.facts} data-testid="runner-token">
        <KeyRound size={13} aria-hidden /> {hasToken ? 'Token stored' : 'No token'}
        {offered && ' · offered by npm start'}
      </p>
      <RunnerResult test={test} />
      {isLeaving ? (
        <div className={styles.actions}>
          <p className={styles.question}>
            {hasToken ? 'Remove it, and its token?' : 'Remove it from the list?'}
          </p>
          <Button ref={takeFocus} data-testid="runner-keep" onClick={() => setLeaving(false)}>
            Keep
          </Button>
          <Button look="primary" data-testid="runner-remove-confirm" onClick={onRemove}>
            Remove
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>
          <Button
            className={styles.test}
            disabled={test?.phase === 'testing'}
            aria-label={`Test ${name}`}
            data-testid="runner-test"
            onClick={() => dispatch({ type: 'test-runner', from: 'list', url, token: null })}
          >
            Test
          </Button>
          <IconButton
            label={`Move ${name} up`}
            data-testid="runner-up"
            disabled={place === 1}
            onClick={() => onMove(-1)}
          >
            <ArrowUp size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={`Move ${name} down`}
            data-testid="runner-down"
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={`Change ${name}`}
            data-testid="runner-edit"
            onClick={() => dispatch({ type: 'runner-form-wanted', form: { mode: 'edit', url } })}
          >
            <Pencil size={15} aria-hidden />
          </IconButton>
          {!offered && (
            <IconButton label={`Remove ${name}`} data-testid="runner-remove" onClick={() => setLeaving(true)}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}
