import { Tabs } from '@base-ui/react/tabs';
import type { ReactElement } from 'react';
import { classNames } from '../controls/class-names.ts';
import styles from './activity-panel.module.css';
import { RunnerLog } from './runner-log.tsx';
import { Timeline } from './timeline.tsx';

/** What became of the link, and what its runner has to say. To be looked up: none of it is read aloud as it comes. */
export function ActivityPanel(): ReactElement {
  return (
    <Tabs.Root className={styles.activity} defaultValue="timeline">
      <Tabs.List className={styles.tabs} aria-label="Activity" activateOnFocus>
        <Tabs.Tab value="timeline" className={styles.tab} data-testid="show-timeline">
          Timeline
        </Tabs.Tab>
        <Tabs.Tab value="runner-log" className={styles.tab} data-testid="show-runner-log">
          Runner log
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline" className={styles.content}>
        <Timeline />
      </Tabs.Panel>
      <Tabs.Panel value="runner-log" className={classNames(styles.content, styles.following)}>
        <RunnerLog />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
