import * as v from 'valibot';
import { shown } from '../bridge/shown.ts';
import { channel } from './channel.ts';

const words = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

/** Bridging local and cloud: what only the window knows and main has to hear of. */
export const bridgeChannels = {
  /** Which picture is on the output now: tray and power follow it, as they do the link. */
  'shown:changed': channel<void>()(shown),
  /** Something that belongs in the history beside what the link tells. */
  'timeline:note': channel<void>()(
    v.strictObject({
      what: words,
      why: v.nullable(words),
      /** Milliseconds that what has now ended had lasted. */
      tookMs: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
    }),
  ),
} as const;
