import { createLinkHost, type LinkHostOptions } from '../../main/link/create-link-host.ts';
import type { LinkEvent, LinkHost, LinkTarget } from '../../main/link/host.ts';
import type { LinkState } from '../../shared/link/state.ts';
import { PlainMedia } from './plain-media.ts';

export type State<Phase extends LinkState['phase']> = Extract<LinkState, { phase: Phase }>;

/** A link host with everything that it has told, and ways to wait for more. */
export class LinkUnderTest<Media extends LinkHostOptions['media'] = PlainMedia> {
  readonly media: Media;
  readonly host: LinkHost;
  readonly events: LinkEvent[] = [];
  readonly states: LinkState[] = [];
  readonly logged: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(media: Media, options: Omit<LinkHostOptions, 'media' | 'log'> = {}) {
    this.media = media;
    this.host = createLinkHost({
      media,
      log: (level, text) => this.logged.push(`${level} ${text}`),
      ...options,
    });
    this.host.subscribe((event) => {
      this.events.push(event);
      if (event.type === 'status') this.states.push(event.status.state);
      for (const wake of this.#waiting) wake();
    });
  }

  static plain(
    options: Omit<LinkHostOptions, 'media' | 'log'> = {},
    media = new PlainMedia(),
  ): LinkUnderTest {
    return new LinkUnderTest(media, options);
  }

  start(url: string, more: Partial<LinkTarget> = {}): void {
    this.host.start({
      name: 'test',
      url,
      token: null,
      userId: 'u1',
      pipelineId: 'sketch',
      parameters: { strength: 1 },
      ...more,
    });
  }

  /** Waits until what was told fits. */
  async until<Value>(find: () => Value | undefined): Promise<Value> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      // oxlint-disable-next-line no-await-in-loop -- one event after the other
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Waits until the link is in a phase, and in it as asked. */
  async phase<Phase extends LinkState['phase']>(
    phase: Phase,
    fits: (state: State<Phase>) => boolean = () => true,
  ): Promise<State<Phase>> {
    return this.until(() => {
      const { state } = this.host.status();
      return state.phase === phase && fits(state as State<Phase>) ? (state as State<Phase>) : undefined;
    });
  }

  told(type: 'timeline'): string[] {
    return this.events.flatMap((event) => (event.type === type ? [event.entry.what] : []));
  }
}
