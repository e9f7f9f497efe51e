import type { AnswerOf, AppInfo, RequestOf } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
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

/** Which runners the user chose: names and addresses in the settings, tokens apart. */
export class Endpoints {
  readonly #options: EndpointsOptions;

  constructor(options: EndpointsOptions) {
    this.#options = options;
  }

  /** The endpoint in force: the chosen one, else the offered one. */
  inForce(): AppInfo['endpoint'] {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const chosen = settings.user().endpoint;
    if (chosen !== null)
      return { ...chosen, hasToken: secrets.tokenFor(chosen.url) !== null, offered: false };
    if (offeredEndpoint === null) return null;
    return { name: offeredName, url: offeredEndpoint, hasToken: false, offered: true };
  }

  /** Where the link may go: the endpoint in force, then the others, with their tokens. Empty without the first. */
  places(): Place[] {
    const { settings, secrets } = this.#options;
    const first = this.inForce();
    if (first === null) return [];
    // The settings file may have been edited by hand.
    const others = settings.user().fallbacks.filter(({ url }) => url !== first.url && endpointUrl(url).ok);
    return [first, ...others].map(({ name, url }) => ({ name, url, token: secrets.tokenFor(url) }));
  }

  /** @see invokeChannels `endpoint:save` */
  async save({ endpoint, token }: RequestOf<'endpoint:save'>): Promise<AnswerOf<'endpoint:save'>> {
    const { settings, secrets } = this.#options;
    if (endpoint === null) {
      const forgotten = settings.user().endpoint;
      if (forgotten !== null) secrets.remove(forgotten.url);
      settings.patchUser({ endpoint: null });
      return ok(this.inForce());
    }
    const address = endpointUrl(endpoint.url);
    if (!address.ok) return address;
    const { url } = address.value;
    if (token === '') secrets.remove(url);
    else if (token !== null && !(await secrets.save(url, token))) return fail(notSaved);
    settings.patchUser({ endpoint: { url, name: endpoint.name } });
    return ok(this.inForce());
  }

  /**
   * Replaces the list of runners to fall back to. An address that stands in it twice counts where it stands first;
   * the token of one that is no longer in it goes, unless the endpoint in force is on the same server.
   *
   * @see invokeChannels `endpoint:fallbacks`
   */
  async saveFallbacks({
    fallbacks,
  }: RequestOf<'endpoint:fallbacks'>): Promise<AnswerOf<'endpoint:fallbacks'>> {
    const { settings, secrets } = this.#options;
    const list = new Map<string, EndpointChoice & { token: string | null }>();
    for (const fallback of fallbacks) {
      const address = endpointUrl(fallback.url);
      if (!address.ok) return address;
      const { url } = address.value;
      if (!list.has(url)) list.set(url, { ...fallback, url });
    }
    const given = [...list.values()].flatMap(({ url, token }) =>
      token === null || token === '' ? [] : [[url, token] as const],
    );
    if (!(await secrets.saveAll(given))) return fail(notSaved);
    for (const { url, token } of list.values()) if (token === '') secrets.remove(url);
    const before = settings.user();
    const chosen = [...list.values()].map(({ url, name }) => ({ url, name }));
    const kept = new Set([before.endpoint, ...chosen].map((choice) => choice && URL.parse(choice.url)?.host));
    for (const { url } of before.fallbacks) if (!kept.has(URL.parse(url)?.host)) secrets.remove(url);
    return ok(settings.patchUser({ fallbacks: chosen }).fallbacks);
  }
}
