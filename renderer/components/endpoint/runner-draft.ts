import type { Runner, RunnerEntry } from '../../../shared/ipc/runner-channels.ts';
import { endpointUrl } from '../../../shared/link/endpoint-url.ts';
import { presentFault } from '../../../shared/link/present-fault.ts';
import { endpointName } from '../../state/endpoint-name.ts';

/** What stands in the form's fields. */
export interface Draft {
  url: string;
  name: string;
  token: string;
  /** The stored token is to go. */
  dropsToken: boolean;
}

/** What the form makes of its fields, before anything is saved. */
interface ReadDraft {
  /** As main will use it where it can be used, else as typed: main says what is wrong with it. */
  entry: RunnerEntry;
  /** Beneath the address: what will be used, or what is wrong. Null when there is nothing to say. */
  hint: { tone: 'corrected' | 'wrong'; text: string } | null;
  isEmpty: boolean;
  /** Another runner of the list has this address. */
  isKnown: boolean;
  /** A token is stored for this server, and would be used. */
  isStored: boolean;
}

const serverOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
};

/** @param editing Address of the runner that the form is about; null when it is about another one. */
export function readDraft(draft: Draft, list: readonly Runner[], editing: string | null): ReadDraft {
  const typed = draft.url.trim();
  const address = endpointUrl(typed);
  const url = address.ok ? address.value.url : typed;
  // A stored token belongs to its own server and is never sent to another.
  const isStored = list.some((runner) => runner.hasToken && serverOf(runner.url) === serverOf(url));
  const kept = isStored && !draft.dropsToken ? null : '';
  return {
    entry: {
      url,
      name: draft.name.trim() === '' ? endpointName(url) : draft.name.trim(),
      token: draft.token === '' ? kept : draft.token,
    },
    hint: hintFor(typed, address),
    isEmpty: typed === '',
    isKnown: url !== editing && list.some((runner) => runner.url === url),
    isStored: isStored && !draft.dropsToken,
  };
}

function hintFor(typed: string, address: ReturnType<typeof endpointUrl>): ReadDraft['hint'] {
  if (typed === '') return null;
  if (!address.ok) return { tone: 'wrong', text: presentFault(address.problem).advice };
  const { corrected } = address.value;
  return corrected === null ? null : { tone: 'corrected', text: corrected };
}
