import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Stage } from '../../../shared/link/state.ts';
import { useApp } from '../../state/app-context.ts';
import { Spinner } from '../controls/spinner.tsx';
import styles from './connecting-steps.module.css';
import { useLinkText } from './use-link-text.ts';

const steps: readonly { stage: Stage; label: string }[] = [
  { stage: 'dialling', label: 'Connect' },
  { stage: 'waiting', label: 'Runner ready' },
  { stage: 'loading', label: 'Load pipeline' },
  { stage: 'negotiating', label: 'Set up video' },
  { stage: 'first-frame', label: 'First picture' },
];

/** How far a connecting link has come, step by step. */
export function ConnectingSteps(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const endpoint = useApp((state) => state.status.endpoint?.name ?? state.endpoint?.name ?? '');
  const text = useLinkText();
  const stage = link.phase === 'connecting' ? link.stage : null;
  const reached = steps.findIndex((step) => step.stage === stage);
  return (
    <div className={styles.connecting} data-testid="connecting">
      <h2 className={styles.title}>{link.phase === 'connecting' ? text.label : 'Starting'}…</h2>
      <p className={styles.detail}>{text.detail === '' ? endpoint : text.detail}</p>
      <ol className={styles.steps}>
        {steps.map(({ stage, label }, index) => (
          <li
            key={stage}
            className={styles.step}
            data-progress={index < reached ? 'done' : index === reached ? 'now' : 'ahead'}
            aria-current={index === reached ? 'step' : undefined}
          >
            <span className={styles.mark}>
              {index < reached && <Check size={14} strokeWidth={3} aria-hidden />}
              {index === reached && <Spinner size={16} />}
            </span>
            {label}
          </li>
        ))}
      </ol>
    </div>
  );
}
