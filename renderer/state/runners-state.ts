import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { FoundRunner, Runner } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';

/** What a runner answered when it was last tested. `at`: Unix milliseconds. */
export type RunnerTest =
  | { phase: 'testing' }
  | { phase: 'passed'; at: number; rttMs: number; pipelines: number }
  | { phase: 'refused'; at: number; fault: Fault };

/** The form: for another runner, or for one of the list, by its address. */
export type RunnerForm = { mode: 'closed' } | { mode: 'add' } | { mode: 'edit'; url: string };

/** What a change of the list was made for. `arranged`: an order, or one runner fewer. */
export type SavedAs = 'used' | 'added' | 'changed' | 'arranged';

/** What became of what was last tested in the form, or saved. */
export type RunnersCheck =
  | { phase: 'none' }
  | { phase: 'testing'; url: string }
  | { phase: 'passed'; url: string; at: number; report: EndpointReport }
  /** `at` is null when it was refused to be saved. */
  | { phase: 'refused'; url: string; at: number | null; fault: Fault }
  | {
      phase: 'saving';
      url: string;
      as: SavedAs;
      /** What a test just before showed of the very same address and token. */
      test: RunnerTest | null;
      /** Another token was given, so that earlier tests tell nothing any more. */
      isNewToken: boolean;
    }
  | { phase: 'saved'; url: string; as: SavedAs };

/** The runners on this machine. */
type FoundState = { phase: 'unknown' | 'looking' | 'known'; runners: FoundRunner[] };

export interface RunnersState {
  /** In the order in which they are gone to; the first is the endpoint in force. */
  list: Runner[];
  /** By address; kept while the app runs. */
  tests: Record<string, RunnerTest>;
  form: RunnerForm;
  check: RunnersCheck;
  found: FoundState;
}

export const noRunners: RunnersState = {
  list: [],
  tests: {},
  form: { mode: 'closed' },
  check: { phase: 'none' },
  found: { phase: 'unknown', runners: [] },
};
