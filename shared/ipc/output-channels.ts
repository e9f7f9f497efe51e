import * as v from 'valibot';
import { channel } from './channel.ts';

/** The clean output window: what its page can't do itself, for it has no way to main. */
export const outputChannels = {
  /** Keeps it above all other windows, or no longer; remembered. The answer is whether it is now. */
  'output:toggle-on-top': channel<boolean>()(v.undefined()),
} as const;
