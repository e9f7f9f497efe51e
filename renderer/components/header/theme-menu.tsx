import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import type { UserSettings } from '../../../shared/settings/schema.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Segments } from '../controls/segments.tsx';

const themes = [
  { value: 'system', label: 'Theme of the system', icon: Monitor },
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
] as const satisfies readonly { value: UserSettings['theme']; label: string; icon: unknown }[];

export function ThemeMenu(): ReactElement {
  const theme = useApp((state) => state.settings.theme);
  const dispatch = useDispatch();
  return (
    <Segments
      label="Theme"
      segments={themes}
      value={theme}
      onChoose={(theme) => dispatch({ type: 'theme-chosen', theme })}
    />
  );
}
