import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { FoundRunner, Runner, RunnerAnswer } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';

/** What a runner's last test showed, or that one is on its way. */
export type RunnerTest = { phase: 'testing' } | RunnerAnswer;

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
      /** Another token was given, so that earlier tests tell nothing any more. */
      isNewToken: boolean;
    }
  | { phase: 'saved'; url: string; as: SavedAs };

/** The runners on this machine. */
type FoundState = { phase: 'unknown' | 'looking' | 'known'; runners: FoundRunner[] };

export interface RunnersState {
  /** In the order in which they are gone to; the first is the endpoint in force. */
  list: Runner[];
  /** By address; main keeps them. */
  tests: Record<string, RunnerTest>;
  form: RunnerForm;
  check: RunnersCheck;
  found: FoundState;
}

/** What main knows of the last tests of these runners. */
export const testsOf = (list: readonly Runner[]): RunnersState['tests'] =>
  Object.fromEntries(list.flatMap(({ url, lastTest }) => (lastTest ? [[url, lastTest]] : [])));

export const noRunners: RunnersState = {
  list: [],
  tests: {},
  form: { mode: 'closed' },
  check: { phase: 'none' },
  found: { phase: 'unknown', runners: [] },
};
