import type { AnswerOf, RequestOf } from '../../shared/ipc/contract.ts';
import {
  mostRunners,
  type Runner,
  type RunnerAnswer,
  type RunnerEntry,
} from '../../shared/ipc/runner-channels.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { Place } from '../link/host.ts';
import type { Secrets } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { LastTests } from './last-tests.ts';
import { sendableToken } from './sendable-token.ts';

export interface EndpointsOptions {
  settings: SettingsStore;
  secrets: Secrets;
  /** Address of the runner that `npm start` has started; null otherwise. */
  offeredEndpoint: string | null;
}

const offeredName = 'Runner on this computer';
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
  readonly #tests: LastTests;
  #changes: Promise<unknown> = Promise.resolve();

  constructor(options: EndpointsOptions) {
    this.#options = options;
    const { settings, secrets } = options;
    this.#tests = new LastTests(settings.get('answers'), (url) => secrets.tokenFor(url));
  }

  /** The endpoint in force first. Until the user chooses one that is the offered one, whose address is nowhere stored. */
  list(): Runner[] {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const { endpoint, fallbacks } = settings.user();
    const choices = endpoint === null ? fallbacks : [endpoint, ...fallbacks];
    const isFirst = endpoint === null && offeredEndpoint !== null;
    const kept = settings.get('offered');
    const hasPlace = kept !== null && choices.length < mostRunners;
    if (offeredEndpoint !== null && (isFirst || hasPlace)) {
      const offered = { name: kept?.name ?? offeredName, url: offeredEndpoint };
      // Another that was chosen meanwhile, where none was offered, stays the first.
      choices.splice(isFirst ? 0 : Math.max(kept?.place ?? 1, 1), 0, offered);
    }
    const list = choices.filter(({ url }, index) => choices.findIndex((each) => each.url === url) === index);
    return list.map(({ name, url }, index) => {
      const lastTest = this.#tests.of(url);
      return {
        name,
        url,
        hasToken: secrets.tokenFor(url) !== null,
        offered: isFirst && index === 0 && name === offeredName,
        ...(lastTest && { lastTest }),
      };
    });
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
  save(request: RequestOf<'runners:save'>): Promise<AnswerOf<'runners:save'>> {
    return this.#inTurn(() => this.#save(request));
  }

  /** Remembers what a runner answered to a test. One that is not in the list yet may be saved in a moment. */
  tested(url: string, token: string | null, answer: RunnerAnswer): void {
    this.#tests.add(url, token, answer);
    this.#keepTests();
  }

  /** Puts a runner before the others; in a full list the last one makes room. The offered one was no choice, and goes. */
  async putFirst({ url, name }: EndpointChoice): Promise<void> {
    await this.#inTurn(() => {
      const others = this.list().filter(
        (other) => other.url !== url && !other.offered && endpointUrl(other.url).ok,
      );
      const runners = [{ url, name }, ...others].slice(0, mostRunners);
      return this.#save({ runners: runners.map(({ url, name }) => ({ url, name, token: null })) });
    });
  }

  /** One change after the other: the user may be asked about one for long, and agree to another meanwhile. */
  #inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    const changed = this.#changes.then(change);
    this.#changes = changed.catch(() => undefined);
    return changed;
  }

  async #save({ runners }: RequestOf<'runners:save'>): Promise<AnswerOf<'runners:save'>> {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const list = new Map<string, RunnerEntry>();
    for (const runner of runners) {
      const address = endpointUrl(runner.url);
      if (!address.ok) return address;
      const { url } = address.value;
      const token = runner.token === null ? ok(null) : sendableToken(runner.token);
      if (!token.ok) return token;
      if (!list.has(url)) list.set(url, { name: runner.name, url, token: token.value });
    }
    const given = [...list.values()].flatMap(({ url, token }) =>
      token === null || token === '' ? [] : [[url, token] as const],
    );
    if (!(await secrets.saveAll(given))) return fail(notSaved);
    for (const { url, token } of list.values()) if (token === '') secrets.remove(url);

    const before = this.list();
    const choices = [...list.values()].map(({ url, name }) => ({ url, name }));
    // Offered runners have another port at each start: only the place and the name are kept.
    const place = choices.findIndex(({ url }) => url === offeredEndpoint);
    const [offered] = place < 0 ? [] : choices.splice(place, 1);
    const first = place === 0 ? null : (choices.shift() ?? null);
    settings.patchUser({ endpoint: first, fallbacks: choices });
    const isChosen = offered !== undefined && (place > 0 || offered.name !== offeredName);
    if (offeredEndpoint !== null)
      settings.update({ offered: isChosen ? { place, name: offered.name } : null });
    const kept = new Set(this.list().map(({ url }) => serverOf(url)));
    for (const { url } of before) if (!kept.has(serverOf(url))) secrets.remove(url);
    this.#tests.keepOnly(this.list().map(({ url }) => url));
    this.#keepTests();
    return ok(this.list());
  }

  /** The offered runner's address is another one at each start. */
  #keepTests(): void {
    const { settings, offeredEndpoint } = this.#options;
    const urls = this.list().flatMap(({ url }) => (url === offeredEndpoint ? [] : [url]));
    settings.update({ answers: this.#tests.kept(urls) });
  }
}
