import type { AppState } from './app-state.ts';
import { noticesShown } from './defaults.ts';

/**
 * Shows a sentence to the user until dismissed; the same sentence is not shown twice.
 *
 * @param savedId The saved file that it is about, for a way to its folder.
 */
export function addNotice(state: AppState, text: string, savedId: string | null = null): AppState {
  if (state.notices.some((notice) => notice.text === text)) return state;
  const id = state.noticesSoFar + 1;
  return {
    ...state,
    noticesSoFar: id,
    notices: [...state.notices, { id, text, savedId }].slice(-noticesShown),
  };
}
