import { Keyboard } from 'lucide-react';
import type { ReactElement } from 'react';
import { IconButton } from '../controls/icon-button.tsx';
import styles from './app-header.module.css';
import { Brand } from './brand.tsx';
import { LinkIndicator } from './link-indicator.tsx';
import { ThemeMenu } from './theme-menu.tsx';

export function AppHeader({ onShortcuts }: { onShortcuts: () => void }): ReactElement {
  return (
    <header className={styles.header}>
      <Brand />
      <LinkIndicator />
      <span className={styles.gap} />
      <ThemeMenu />
      <IconButton label="Keyboard shortcuts" shortcut="?" onClick={onShortcuts}>
        <Keyboard size={18} aria-hidden />
      </IconButton>
    </header>
  );
}
