import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Cloud, MonitorPlay, Shuffle, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Route } from '../../../shared/settings/schema.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { isFallbackAsked } from './fallback-asked.ts';
import { FallbackQuestion } from './fallback-question.tsx';
import { FallbackSwitch } from './fallback-switch.tsx';
import { LocalFailedNote } from './local-failed-note.tsx';
import styles from './route-panel.module.css';
import { StandIn } from './stand-in.tsx';

const routes: readonly { route: Route; label: string; icon: LucideIcon; means: string }[] = [
  {
    route: 'auto',
    label: 'Auto',
    icon: Shuffle,
    means: 'The cloud’s picture, and this computer’s until it is there.',
  },
  { route: 'cloud', label: 'Cloud', icon: Cloud, means: 'A runner makes the picture.' },
  {
    route: 'local',
    label: 'Local',
    icon: MonitorPlay,
    means: 'This computer makes the picture. Nothing is sent anywhere.',
  },
];

/** Which way the picture goes, and what happens when that way is blocked. One click, at any time. */
export function RoutePanel(): ReactElement {
  const route = useApp((state) => state.settings.route);
  const hasEndpoint = useApp((state) => state.endpoint !== null);
  const takesOver = useApp(({ settings }) => settings.route === 'auto' && settings.fallback === 'on');
  const asked = useApp(isFallbackAsked);
  const dispatch = useDispatch();
  const { means } = routes.find((each) => each.route === route)!;
  return (
    <section className={styles.panel} aria-label="Route">
      <ToggleGroup
        aria-label="Route"
        className={styles.routes}
        value={[route]}
        onValueChange={([next]) => {
          if (next !== undefined) dispatch({ type: 'route-chosen', route: next });
        }}
      >
        {routes.map(({ route, label, icon: Icon }) => (
          <Toggle key={route} value={route} className={styles.route} data-testid={`route-${route}`}>
            <Icon size={15} aria-hidden /> {label}
          </Toggle>
        ))}
      </ToggleGroup>
      <p className={styles.means}>
        {takesOver ? 'The cloud’s picture while it is live, this computer’s otherwise.' : means}
        {!hasEndpoint && route !== 'local' && (
          <>
            {' '}
            <button
              type="button"
              className={styles.link}
              data-testid="connect-cloud"
              onClick={() => dispatch({ type: 'endpoint-wanted' })}
            >
              Add a runner
            </button>
          </>
        )}
      </p>
      {route !== 'local' && hasEndpoint && !asked && <FallbackSwitch />}
      <LocalFailedNote />
      <FallbackQuestion />
      <StandIn />
    </section>
  );
}
