import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Arrival } from './arrival.ts';
import { parseDeepLink } from './deep-link.ts';
import { readEndpointFile } from './endpoint-file.ts';

export interface ProposalInboxOptions {
  /** Asks the user; true only when they agreed. */
  confirm(proposal: EndpointChoice, origin: Arrival['kind']): Promise<boolean>;
  accept(endpoint: EndpointChoice): void;
  /** Tells the user why a file they opened proposes nothing. */
  refuseFile(reason: string): Promise<void>;
  log: Log;
}

/**
 * Where links and `.linkspan` files arrive, from a cold start, a second instance or the system. Each only
 * proposes (S11): nothing changes before the user agreed, and while one is being asked about others are
 * dropped, so that a page that fires links cannot bury the user in dialogs.
 */
export class ProposalInbox {
  readonly #options: ProposalInboxOptions;
  #state: 'free' | 'asking' = 'free';

  constructor(options: ProposalInboxOptions) {
    this.#options = options;
  }

  async receive(arrival: Arrival): Promise<void> {
    const options = this.#options;
    if (this.#state === 'asking') {
      options.log.warn(`dropped a ${arrival.kind}: another proposal is being asked about`);
      return;
    }
    this.#state = 'asking';
    try {
      const proposal = await this.#read(arrival);
      if (proposal === null) return;
      options.log.info(`a ${arrival.kind} proposes ${proposal.url}`);
      if (await options.confirm(proposal, arrival.kind)) options.accept(proposal);
    } finally {
      this.#state = 'free';
    }
  }

  /** A web page can fire links, so a bad one is only logged; a file was opened by the user, who is told. */
  async #read(arrival: Arrival): Promise<EndpointChoice | null> {
    const options = this.#options;
    if (arrival.kind === 'link') {
      const proposal = parseDeepLink(arrival.link);
      if (proposal === null) options.log.warn('refused a link that is not one of ours');
      return proposal;
    }
    const file = await readEndpointFile(arrival.path);
    if (file.ok) return file.value;
    options.log.warn('refused a file:', file.problem);
    await options.refuseFile(file.problem);
    return null;
  }
}
