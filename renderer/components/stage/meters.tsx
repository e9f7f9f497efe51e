import type { ReactElement } from 'react';
import { useApp } from '../../state/app-context.ts';
import { pictureShown } from './stage-scene.ts';
import { formatFps, formatMs, formatRate } from './format-figure.ts';
import styles from './meters.module.css';

interface FigureProps {
  label: string;
  text: string;
  testId: string;
  /** Figures of lesser weight go first when room is short. */
  rank?: 'first' | 'second';
}

function Figure({ label, text, testId, rank = 'first' }: FigureProps): ReactElement {
  return (
    <div className={styles.figure} data-rank={rank}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value} data-testid={testId}>
        {text}
      </dd>
    </div>
  );
}

/**
 * Picture and link in figures; dashes where nothing is known. Frames are counted here, as is the inference of a
 * picture that is made here; the rest is told over signalling.
 */
export function Meters({ fps }: { fps: number | null }): ReactElement {
  const moving = useApp((state) => ['live', 'goes-on', 'local'].includes(pictureShown(state)));
  const hereMs = useApp(({ shown, local }) =>
    shown.kind === 'local' && local.phase === 'ready' ? (local.figures?.runMs ?? null) : null,
  );
  const live = useApp(({ status: { state } }) => state.phase === 'live' || state.phase === 'degraded');
  const stats = useApp(({ status }) => status.stats);
  return (
    <dl className={styles.meters}>
      <Figure label="Picture" text={formatFps(moving ? fps : null)} testId="fps" />
      <Figure label="Round trip" text={formatMs(live ? stats.rttMs : null)} testId="round-trip" />
      <Figure
        label="Inference"
        text={formatMs(hereMs ?? (live ? stats.inferenceMs : null))}
        testId="inference"
        rank="second"
      />
      <Figure
        label="Received"
        text={formatRate(live ? stats.receivedKbps : null)}
        testId="received"
        rank="second"
      />
    </dl>
  );
}
