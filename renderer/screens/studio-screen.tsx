import { useState, type ReactElement } from 'react';
import { AppHeader } from '../components/header/app-header.tsx';
import { ShortcutsDialog } from '../components/header/shortcuts-dialog.tsx';
import { useShortcuts } from '../components/header/use-shortcuts.ts';
import { LiveRegion } from '../components/messages/live-region.tsx';
import { NoticeList } from '../components/messages/notice-list.tsx';
import { DropZone } from '../components/source/drop-zone.tsx';
import { Stage } from '../components/stage/stage.tsx';
import { SidePanel } from './side-panel.tsx';
import styles from './studio-screen.module.css';

/** The one working screen: the picture large, everything that shapes it beside or below. */
export function StudioScreen(): ReactElement {
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  useShortcuts(() => setShortcutsOpen(true));
  return (
    <div className={styles.screen}>
      <AppHeader onShortcuts={() => setShortcutsOpen(true)} />
      <NoticeList />
      <main className={styles.main}>
        <div className={styles.columns}>
          <Stage />
          <SidePanel />
        </div>
      </main>
      <LiveRegion />
      <DropZone />
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
  );
}
