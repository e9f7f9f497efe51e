import { useEffect } from 'react';
import { useServices } from '../../state/app-context.ts';
import type { AppEvent } from '../../state/app-event.ts';
import type { AppState, SourceView } from '../../state/app-state.ts';
import { wantsPicture } from '../../state/wants-source.ts';
import { toggleFullScreen } from '../stage/full-screen.ts';
import { isOperated } from './is-operated.ts';

const nextView: Record<SourceView, SourceView> = { corner: 'split', split: 'hidden', hidden: 'corner' };

/** The event that a key stands for; null when it stands for none. */
function eventFor(key: string, state: AppState): AppEvent | null {
  switch (key) {
    case ' ':
      return { type: wantsPicture(state) ? 'stop' : 'start' };
    case 'v':
      return { type: 'source-view-chosen', view: nextView[state.sourceView] };
    case 'w':
      return { type: 'output-window-toggled' };
    case 'o':
      return { type: 'recording-toggled' };
    case 's':
      return { type: 'snapshot-wanted' };
    case 'r':
      return { type: 'retry' };
    case '1':
      return { type: 'panel-chosen', panel: 'pipeline' };
    case '2':
      return { type: 'panel-chosen', panel: 'source' };
    case '3':
      return { type: 'panel-chosen', panel: 'models' };
    case '4':
      return { type: 'panel-chosen', panel: 'endpoint' };
    case '5':
      return { type: 'panel-chosen', panel: 'activity' };
    default:
      return null;
  }
}

/** Ctrl+L, or Cmd+L: works everywhere, text fields included. The menu has it too, for when the page has no focus. */
function isSwitch({ key, ctrlKey, metaKey, altKey, shiftKey, repeat }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'l' && ctrlKey !== metaKey && !altKey && !shiftKey && !repeat;
}

/** Single keys, while nothing that takes keys itself has the focus and no dialog is open. */
export function useShortcuts(showShortcuts: () => void): void {
  const { store } = useServices();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isSwitch(event)) {
        store.dispatch({ type: 'route-switched' });
        event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (isOperated(event.target, event.key)) return;
      const key = event.key.toLowerCase();
      const meant = eventFor(key, store.getState());
      if (meant) store.dispatch(meant);
      else if (key === 'f') toggleFullScreen();
      else if (key === '?') showShortcuts();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [store, showShortcuts]);
}
