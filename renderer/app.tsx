import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useLayoutEffect, type ReactElement } from 'react';
import { BootScreen } from './screens/boot-screen.tsx';
import { StudioScreen } from './screens/studio-screen.tsx';
import { AppContext, useApp, type AppServices } from './state/app-context.ts';

/** Milliseconds a pointer rests before a hint shows: quick enough to learn from, slow enough not to flicker. */
const tooltipDelayMs = 450;

function Screens(): ReactElement {
  const boot = useApp((state) => state.boot);
  const theme = useApp((state) => state.settings.theme);
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return boot.phase === 'ready' ? <StudioScreen /> : <BootScreen boot={boot} />;
}

/** The CSP allows no inline styles, so Base UI is told to make none. */
export function App(services: AppServices): ReactElement {
  return (
    <CSPProvider disableStyleElements>
      <AppContext value={services}>
        <Tooltip.Provider delay={tooltipDelayMs}>
          <Screens />
        </Tooltip.Provider>
      </AppContext>
    </CSPProvider>
  );
}
