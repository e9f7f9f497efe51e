import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { mostRunners, type RunnerEntry } from '../../../shared/ipc/runner-channels.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { EndpointOutcome } from './endpoint-outcome.tsx';
import { asKept, moved } from './list-edits.ts';
import { RunnerForm } from './runner-form.tsx';
import styles from './runner-list.module.css';
import { RunnerRow } from './runner-row.tsx';
import { addButton, buttonOf, useListFocus } from './use-list-focus.ts';

/** The user's runners in the order in which they are gone to, and the form for another. */
export function RunnerList(): ReactElement {
  const list = useApp((state) => state.runners.list);
  const form = useApp((state) => state.runners.form);
  const route = useApp((state) => state.settings.route);
  const dispatch = useDispatch();
  const focusNext = useListFocus(list, form);
  const arrange = (runners: RunnerEntry[], url: string): void =>
    dispatch({ type: 'save-runners', runners, as: 'arranged', url });

  const isEmpty = list.length === 0;
  return (
    <section className={styles.panel} aria-label="Runners">
      <header>
        <h2 className={styles.title}>Runners</h2>
        <p className={styles.hint} data-testid="runners-hint">
          {route === 'local'
            ? 'The route is Local: nothing is sent to any of them until you choose Auto or Cloud.'
            : 'Auto and Cloud use the first, and go to the next when it cannot be reached or is about to stop.'}
        </p>
      </header>
      {!isEmpty && (
        <ol className={styles.list}>
          {list.map((runner, index) => (
            <li key={runner.url} className={styles.item} data-testid="runner" data-url={runner.url}>
              {form.mode === 'edit' && form.url === runner.url ? (
                <RunnerForm editing={runner.url} canCancel />
              ) : (
                <RunnerRow
                  runner={runner}
                  place={index + 1}
                  isLast={index === list.length - 1}
                  onMove={(by) => {
                    const order = by === 1 ? ['runner-down', 'runner-up'] : ['runner-up', 'runner-down'];
                    focusNext(order.map((id) => buttonOf(runner.url, id)));
                    arrange(asKept(moved(list, index, by)), runner.url);
                  }}
                  onRemove={() => {
                    focusNext([addButton]);
                    arrange(asKept(list.filter((other) => other !== runner)), runner.url);
                  }}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {(isEmpty || form.mode === 'add') && (
        <div className={isEmpty ? undefined : styles.item}>
          <RunnerForm key={isEmpty ? 'first' : 'more'} editing={null} canCancel={!isEmpty} />
        </div>
      )}
      {!isEmpty && form.mode !== 'add' && list.length < mostRunners && (
        <Button
          className={styles.open}
          data-testid="runner-add"
          onClick={() => dispatch({ type: 'runner-form-wanted', form: { mode: 'add' } })}
        >
          <Plus size={15} aria-hidden /> Add a runner
        </Button>
      )}
      {!isEmpty && form.mode === 'closed' && <EndpointOutcome />}
    </section>
  );
}
