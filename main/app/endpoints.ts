import type { AnswerOf, RequestOf } from '../../shared/ipc/contract.ts';
import { mostRunners, type Runner, type RunnerEntry } from '../../shared/ipc/runner-channels.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { Place } from '../link/host.ts';
import type { Secrets } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface EndpointsOptions {
  settings: SettingsStore;
  secrets: Secrets;
  /** Address of the runner that `npm start` has started; null otherwise. */
  offeredEndpoint: string | null;
}

const offeredName = 'This computer';
const notSaved: Fault = {
  kind: 'invalid-endpoint',
  detail: 'The token was not saved, so nothing was changed.',
};

/** Whose token it is: as the secrets have it, scheme, host and port. */
const serverOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
};

/**
 * The user's runners, as one list whose order is the order in which they are gone to. In the settings the first is
 * `endpoint` and the others are `fallbacks`; tokens are apart, by address.
 */
export class Endpoints {
  readonly #options: EndpointsOptions;

  constructor(options: EndpointsOptions) {
    this.#options = options;
  }

  /** The endpoint in force first. Until the user chooses one that is the offered one, which is nowhere stored. */
  list(): Runner[] {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const { endpoint, fallbacks } = settings.user();
    const isOffered = endpoint === null && offeredEndpoint !== null;
    const first = isOffered ? { name: offeredName, url: offeredEndpoint } : endpoint;
    const choices = first === null ? fallbacks : [first, ...fallbacks.filter(({ url }) => url !== first.url)];
    return choices.map(({ name, url }, index) => ({
      name,
      url,
      hasToken: secrets.tokenFor(url) !== null,
      offered: isOffered && index === 0,
    }));
  }

  inForce(): Runner | null {
    return this.list()[0] ?? null;
  }

  /** Where the link may go: the endpoint in force, then the others, with their tokens. Empty without the first. */
  places(): Place[] {
    // The settings file may have been edited by hand.
    return this.list()
      .filter(({ url }, index) => index === 0 || endpointUrl(url).ok)
      .map(({ name, url }) => ({ name, url, token: this.#options.secrets.tokenFor(url) }));
  }

  /**
   * Replaces the list. An address that stands in it twice counts where it stands first; the token of a server that is
   * no longer in it goes.
   *
   * @see invokeChannels `runners:save`
   */
  async save({ runners }: RequestOf<'runners:save'>): Promise<AnswerOf<'runners:save'>> {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const list = new Map<string, RunnerEntry>();
    for (const runner of runners) {
      const address = endpointUrl(runner.url);
      if (!address.ok) return address;
      const { url } = address.value;
      if (!list.has(url)) list.set(url, { ...runner, url });
    }
    const given = [...list.values()].flatMap(({ url, token }) =>
      token === null || token === '' ? [] : [[url, token] as const],
    );
    if (!(await secrets.saveAll(given))) return fail(notSaved);
    for (const { url, token } of list.values()) if (token === '') secrets.remove(url);

    const before = this.list();
    const [first = null, ...others] = [...list.values()].map(({ url, name }) => ({ url, name }));
    // Offered runners have another port at each start: what was not chosen is not kept.
    const isOffered = first?.url === offeredEndpoint && first?.name === offeredName;
    settings.patchUser({ endpoint: isOffered ? null : first, fallbacks: others });
    const kept = new Set(this.list().map(({ url }) => serverOf(url)));
    for (const { url } of before) if (!kept.has(serverOf(url))) secrets.remove(url);
    return ok(this.list());
  }

  /** Puts a runner before the others; in a full list the last one makes room. The offered one was no choice, and goes. */
  async putFirst({ url, name }: EndpointChoice): Promise<void> {
    const others = this.list().filter(
      (other) => other.url !== url && !other.offered && endpointUrl(other.url).ok,
    );
    const runners = [{ url, name }, ...others].slice(0, mostRunners);
    await this.save({ runners: runners.map(({ url, name }) => ({ url, name, token: null })) });
  }
}
