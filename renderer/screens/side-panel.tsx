import { Tabs } from '@base-ui/react/tabs';
import { Boxes, Cable, History, SlidersHorizontal, Video, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { ActivityPanel } from '../components/activity/activity-panel.tsx';
import { ModelsPanel } from '../components/models/models-panel.tsx';
import { PipelinePanel } from '../components/pipeline/pipeline-panel.tsx';
import { EndpointPanel } from '../components/endpoint/endpoint-panel.tsx';
import heard from '../components/controls/heard-only.module.css';
import { SourcePanel } from '../components/source/source-panel.tsx';
import { QualityNote } from '../components/bridge/quality-note.tsx';
import { RoutePanel } from '../components/bridge/route-panel.tsx';
import { useApp, useDispatch } from '../state/app-context.ts';
import type { Panel } from '../state/app-state.ts';
import styles from './side-panel.module.css';

const tabs: readonly { panel: Panel; label: string; icon: LucideIcon; content: ReactElement }[] = [
  { panel: 'pipeline', label: 'Pipeline', icon: SlidersHorizontal, content: <PipelinePanel /> },
  { panel: 'source', label: 'Source', icon: Video, content: <SourcePanel /> },
  { panel: 'models', label: 'Models', icon: Boxes, content: <ModelsPanel /> },
  { panel: 'endpoint', label: 'Runners', icon: Cable, content: <EndpointPanel /> },
  { panel: 'activity', label: 'Activity', icon: History, content: <ActivityPanel /> },
];

/** What shapes the picture, one concern at a time. */
export function SidePanel(): ReactElement {
  const panel = useApp((state) => state.panel);
  const warning = useApp((state) => state.source.phase === 'substituted');
  const dispatch = useDispatch();
  return (
    <aside className={styles.panel} aria-label="Controls">
      <RoutePanel />
      <Tabs.Root
        className={styles.tabbed}
        value={panel}
        onValueChange={(next: Panel) => dispatch({ type: 'panel-chosen', panel: next })}
      >
        <Tabs.List className={styles.tabs} aria-label="Settings" activateOnFocus>
          {tabs.map(({ panel, label, icon: Icon }) => (
            <Tabs.Tab key={panel} value={panel} className={styles.tab} data-testid={`tab-${panel}`}>
              <Icon size={16} aria-hidden />
              {label}
              {panel === 'source' && warning && (
                <span className={styles.dot}>
                  <span className={heard.only}>needs attention</span>
                </span>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ panel, content }) => (
          <Tabs.Panel key={panel} value={panel} className={styles.content}>
            {content}
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <QualityNote />
    </aside>
  );
}
