import type { AppState } from '../../state/app-state.ts';

/** What is on the outgoing track, in a word or two. */
export function sourceLabel({ settings, source }: AppState): string {
  const choice = settings.source;
  if (choice.kind === 'pattern' || source.phase === 'substituted') return 'Test pattern';
  if (choice.kind === 'camera') return choice.label === '' ? 'Camera' : choice.label;
  return choice.name;
}
