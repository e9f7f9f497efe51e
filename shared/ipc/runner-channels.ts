import * as v from 'valibot';
import type { Fault } from '../link/fault.ts';
import type { Result } from '../result.ts';
import { endpointChoice } from '../settings/schema.ts';
import { channel } from './channel.ts';

/** What a runner answered to a test. `at`: Unix milliseconds. */
export type RunnerAnswer =
  | { phase: 'passed'; at: number; rttMs: number; pipelines: number }
  | { phase: 'refused'; at: number; fault: Fault };

/** One of the user's runners, as the window may know it: whether it has a token, and never which. */
export interface Runner {
  name: string;
  url: string;
  hasToken: boolean;
  /** It is the one that `npm start` brought up, and it is in force because the user chose none. */
  offered: boolean;
  /** What its last test showed; absent when there was none with the address and the token that it has now. */
  lastTest?: RunnerAnswer;
}

/** A runner that answers on this machine. */
export interface FoundRunner {
  url: string;
  /** Its own, made at its start. */
  id: string;
  version: string;
  slots: { total: number; free: number };
  /** Why it cannot be used at this address, in sentences; absent when it can. */
  problem?: string;
}

/** As many as the settings hold: the one in force, and those to fall back to. */
export const mostRunners = 9;

const entry = v.strictObject({
  ...endpointChoice.entries,
  /** Null keeps what is stored for the address, '' removes it. */
  token: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
});

export type RunnerEntry = v.InferInput<typeof entry>;

/** Which runners the user has. */
export const runnerChannels = {
  /**
   * The whole list. Its order is the order in which they are gone to: the first is the endpoint in force. Refused as a
   * whole when an address can't be used or a token may not be stored; then nothing was changed.
   */
  'runners:save': channel<Result<Runner[], Fault>>()(
    v.strictObject({ runners: v.pipe(v.array(entry), v.maxLength(mostRunners)) }),
  ),
  /** Looks once for runners on this machine. */
  'runners:find': channel<FoundRunner[]>()(v.undefined()),
} as const;
