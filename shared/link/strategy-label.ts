import type { Strategy } from './strategy.ts';

/** What is being tried, in the same words on every surface and in the timeline. */
export const strategyLabels: Record<Strategy, string> = {
  resume: 'Taking the session up again',
  rebuild: 'Setting up video anew',
  rejoin: 'Starting a new session',
  migrate: 'Moving to another runner',
};
