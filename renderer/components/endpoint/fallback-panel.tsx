import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { presentFault } from '../../../shared/link/present-fault.ts';
import type { EndpointChoice } from '../../../shared/settings/schema.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { Callout } from '../messages/callout.tsx';
import { asKept, mostFallbacks, moved } from './fallback-list.ts';
import { FallbackForm } from './fallback-form.tsx';
import styles from './fallback-panel.module.css';

/** Where to go when the chosen runner cannot be reached: a list, in order. */
export function FallbackPanel(): ReactElement {
  const list = useApp((state) => state.settings.fallbacks);
  const check = useApp((state) => state.fallbackCheck);
  const dispatch = useDispatch();
  const save = (next: EndpointChoice[]): void =>
    dispatch({ type: 'save-fallbacks', fallbacks: asKept(next) });
  const problem = check.phase === 'refused' ? presentFault(check.fault) : null;
  return (
    <section className={styles.panel} aria-label="Other runners">
      <header>
        <h2 className={styles.title}>Other runners</h2>
        <p className={styles.hint}>
          Where to go, in this order, when the runner above cannot be reached or is about to stop.
        </p>
      </header>
      {list.length > 0 && (
        <ol className={styles.list}>
          {list.map((endpoint, index) => (
            <Row
              key={endpoint.url}
              endpoint={endpoint}
              isFirst={index === 0}
              isLast={index === list.length - 1}
              onMove={(by) => save(moved(list, index, by))}
              onRemove={() => save(list.filter((other) => other !== endpoint))}
            />
          ))}
        </ol>
      )}
      {list.length < mostFallbacks && <FallbackForm />}
      {check.phase === 'refused' && problem && (
        <Callout tone="error" title={problem.title} testId="fallback-refused">
          <p data-fault={check.fault.kind}>{problem.advice}</p>
        </Callout>
      )}
    </section>
  );
}

interface RowProps {
  endpoint: EndpointChoice;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function Row({ endpoint: { name, url }, isFirst, isLast, onMove, onRemove }: RowProps): ReactElement {
  return (
    <li className={styles.row} data-testid="fallback">
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        <p className={styles.url}>{url}</p>
      </div>
      <IconButton
        label={`Move ${name} up`}
        data-testid="fallback-up"
        disabled={isFirst}
        onClick={() => onMove(-1)}
      >
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        data-testid="fallback-down"
        disabled={isLast}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${name}`} data-testid="fallback-remove" onClick={onRemove}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
