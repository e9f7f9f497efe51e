import { MonitorPlay, Play, RotateCw, Square, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactElement } from 'react';
import type { LinkAction } from '../../../shared/link/present-link.ts';
import { useDispatch } from '../../state/app-context.ts';
import type { AppEvent } from '../../state/app-event.ts';
import { Button } from '../controls/button.tsx';

const actions: Record<LinkAction, { label: string; event: AppEvent; icon: LucideIcon | null }> = {
  start: { label: 'Start again', event: { type: 'start' }, icon: Play },
  stop: { label: 'Stop', event: { type: 'stop' }, icon: Square },
  retry: { label: 'Retry now', event: { type: 'retry' }, icon: RotateCw },
  'edit-endpoint': { label: 'Change the runner', event: { type: 'endpoint-wanted' }, icon: null },
  'use-local': {
    label: 'Use local',
    event: { type: 'route-chosen', route: 'local' },
    icon: MonitorPlay,
  },
  'enter-token': { label: 'Enter the token', event: { type: 'endpoint-wanted' }, icon: null },
};

/** One of the ways on that a link's presentation offers. */
export function LinkActionButton({
  action,
  ...rest
}: { action: LinkAction } & ComponentProps<typeof Button>): ReactElement {
  const { label, event, icon: Icon } = actions[action];
  const dispatch = useDispatch();
  return (
    <Button {...rest} onClick={() => dispatch(event)}>
      {Icon && <Icon size={15} aria-hidden />} {label}
    </Button>
  );
}
