import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { Log } from '../diagnostics/log.ts';
import { parseDeepLink } from './deep-link.ts';

export interface DeepLinkInboxOptions {
  /** Asks the user; true only when they agreed. */
  confirm(proposal: EndpointChoice): Promise<boolean>;
  accept(endpoint: EndpointChoice): void;
  log: Log;
}

/**
 * Where links arrive, from a cold start, a second instance or the system. Each only proposes (S11): nothing
 * changes before the user agreed, and while one proposal is open others are dropped, so that a page that
 * fires links cannot bury the user in dialogs.
 */
export class DeepLinkInbox {
  readonly #options: DeepLinkInboxOptions;
  #state: 'free' | 'asking' = 'free';

  constructor(options: DeepLinkInboxOptions) {
    this.#options = options;
  }

  async receive(link: string): Promise<void> {
    const options = this.#options;
    const proposal = parseDeepLink(link);
    if (proposal === null) {
      options.log.warn('refused a link that is not one of ours');
      return;
    }
    if (this.#state === 'asking') {
      options.log.warn('dropped a link: another one is being asked about');
      return;
    }
    this.#state = 'asking';
    try {
      if (await options.confirm(proposal)) options.accept(proposal);
    } finally {
      this.#state = 'free';
    }
  }
}
