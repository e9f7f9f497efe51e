import type { AppState } from './app-state.ts';
import { noticesShown } from './defaults.ts';

/** Shows a sentence to the user until dismissed; the same sentence is not shown twice. */
export function addNotice(state: AppState, text: string): AppState {
  if (state.notices.some((notice) => notice.text === text)) return state;
  const id = state.noticesSoFar + 1;
  return { ...state, noticesSoFar: id, notices: [...state.notices, { id, text }].slice(-noticesShown) };
}
