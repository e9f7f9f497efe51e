import { createLinkHost } from '../../main/link/create-link-host.ts';
import type { LinkHost } from '../../main/link/host.ts';
import type { MediaPort } from '../../main/link/media-port.ts';
import type { LinkState } from '../../shared/link/state.ts';
import { pipelineId, type Client, type Mark } from './client.ts';

/** The timeline's words for an attempt of any strategy. */
const attempt = /, attempt \d+ of |^Setting up video beside|^Making a session elsewhere/;

/** The app's link with its default settings. */
export class LinkspanClient implements Client {
  readonly marks: Mark[] = [];
  readonly told: { at: number; text: string }[] = [];
  attempts = 0;
  readonly #host: LinkHost;

  constructor(media: MediaPort) {
    this.#host = createLinkHost({ media, log: () => undefined });
    this.#host.subscribe((event) => {
      if (event.type === 'timeline') {
        const { what, why } = event.entry;
        this.told.push({ at: performance.now(), text: why === null ? what : `${what}: ${why}` });
        if (attempt.test(what)) this.attempts += 1;
      }
      if (event.type !== 'status') return;
      const { state } = event.status;
      const mark = { at: performance.now(), isLive: state.phase === 'live', note: noteOf(state) };
      if (mark.note !== this.marks.at(-1)?.note) this.marks.push(mark);
    });
  }

  async attachPage(offer: string): Promise<string> {
    const attached = await this.#host.attachPage(offer);
    if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
    return attached.value.sdp;
  }

  start([url, ...others]: readonly string[]): void {
    this.#host.start({
      name: 'first',
      url: url!,
      token: null,
      userId: 'bench',
      pipelineId,
      parameters: {},
      fallbacks: others.map((other, index) => ({ name: `other ${index + 1}`, url: other, token: null })),
    });
  }

  close(): Promise<void> {
    return this.#host.dispose();
  }
}

function noteOf(state: LinkState): string {
  switch (state.phase) {
    case 'idle':
    case 'live':
      return state.phase;
    case 'degraded':
      return `degraded: ${state.reason}`;
    case 'connecting':
      return `connecting: ${state.stage}`;
    case 'recovering':
      return `recovering (${state.fault.kind}): ${state.strategy} ${state.attempt}, ${state.stage ?? 'waiting'}`;
    case 'failed':
      return `failed (${state.fault.kind})`;
    default:
      return state satisfies never;
  }
}
