import { Popover } from '@base-ui/react/popover';
import { useRef, type ReactElement } from 'react';
import { presentBridge } from '../../../shared/bridge/present-bridge.ts';
import { hasStoppedHere, missedBecause, type Shown } from '../../../shared/bridge/shown.ts';
import type { PartPresentation } from '../../../shared/link/present-parts.ts';
import type { LinkState } from '../../../shared/link/state.ts';
import { useApp } from '../../state/app-context.ts';
import { ToneIcon } from '../controls/tone-icon.tsx';
import { LinkDetails } from './link-details.tsx';
import styles from './link-indicator.module.css';
import { partNames } from './part-names.ts';
import { useLinkParts } from './use-link-parts.ts';

/** The words that fit the header; its parts, the banner and the stage have the whole story. */
function shortLabel(state: LinkState, shown: Shown): string {
  if (hasStoppedHere(shown) && (state.phase === 'idle' || state.phase === 'live')) return 'Picture stopped';
  switch (state.phase) {
    case 'connecting':
      return 'Connecting';
    case 'degraded':
      if (state.reason === 'leaving') return 'Moving';
      return shown.kind === 'local' ? 'Cloud stopped' : 'No picture';
    case 'recovering':
      return 'Reconnecting';
    case 'failed':
      return 'Not connected';
    case 'idle':
      return presentBridge(state, shown, 0).label;
    case 'live':
      if (missedBecause(shown) !== null)
        return missedBecause(shown) === 'stuck' ? 'Cloud stuck' : 'Cloud stopped';
      return shown.kind === 'local' && shown.because === 'before-cloud' ? 'Starting' : 'Live';
    default:
      return state satisfies never;
  }
}

function Part({ part, tone, label }: PartPresentation): ReactElement {
  return (
    <span className={styles.part} data-tone={tone} data-testid={`part-${part}`}>
      <ToneIcon tone={tone} size={15} />
      <span className={styles.texts}>
        <span className={styles.name}>{partNames[part]}</span>
        <span className={styles.value}>{label}</span>
      </span>
    </span>
  );
}

/** The link and its four parts at a glance: shape, colour and words. Opens to all that is known of them. */
export function LinkIndicator(): ReactElement {
  const link = useApp(({ status }) => status.state);
  const parts = useLinkParts();
  const shown = useApp((state) => state.shown);
  const { tone } = presentBridge(link, shown, 0);
  const here = useRef<HTMLDivElement>(null);
  return (
    <div ref={here} className={styles.place}>
      <Popover.Root>
        <Popover.Trigger
          className={styles.indicator}
          data-tone={tone}
          data-phase={link.phase}
          data-stage={('stage' in link ? link.stage : null) ?? undefined}
          data-strategy={link.phase === 'recovering' ? link.strategy : undefined}
          data-testid="link-status"
        >
          <span className={styles.whole}>
            <ToneIcon tone={tone} size={17} />
            <span className={styles.label}>{shortLabel(link, shown)}</span>
          </span>
          {parts.map((part) => (
            <Part key={part.part} {...part} />
          ))}
        </Popover.Trigger>
        {/* Within the header, so that a reader knows where it belongs. */}
        <Popover.Portal container={here}>
          <Popover.Positioner className={styles.positioner} sideOffset={6} align="start">
            <Popover.Popup className={styles.popup}>
              <LinkDetails />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
