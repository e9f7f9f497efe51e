import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { FoundRunner, Runner, RunnerEntry } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';
import type { RunnerForm, SavedAs } from './runners-state.ts';

/** A test of what is typed in the form, or of a runner of the list. `token` null: the one that is stored. */
interface TestOrder {
  type: 'test-runner';
  from: 'form' | 'list';
  url: string;
  token: string | null;
}

/** A new list; `url`: the runner that it is about. */
interface SaveOrder {
  type: 'save-runners';
  runners: RunnerEntry[];
  as: SavedAs;
  url: string;
}

export type RunnersEffect =
  | TestOrder
  | { type: 'save-runners'; runners: RunnerEntry[] }
  | { type: 'find-runners' };

export type RunnersEvent =
  | TestOrder
  | SaveOrder
  | { type: 'find-runners' }
  | { type: 'runner-form-wanted'; form: RunnerForm }
  | { type: 'endpoint-edited' }
  /** By something other than the window. */
  | { type: 'runners-changed'; runners: Runner[] }
  | {
      type: 'runner-tested';
      from: TestOrder['from'];
      url: string;
      /** Unix milliseconds. */
      at: number;
      result: Result<EndpointReport, Fault>;
    }
  | { type: 'runners-saved'; result: Result<Runner[], Fault> }
  | { type: 'runners-found'; runners: FoundRunner[] };
