import type { MediaPort } from '../../main/link/media-port.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import { linkPolicy } from '../../shared/link/retry-policy.ts';
import { LinkUnderTest } from '../link/link-under-test.ts';
import { flatFrame, isFlat, VideoClient } from '../runner/video-client.ts';
import { token } from './fleet.ts';

/** What a runner's `ready` began or went on with. */
export interface Visit {
  runner: string;
  how: 'new' | 'resumed';
}

export interface FleetClientOptions {
  /** Pause between the tries of a link that gave up, milliseconds. */
  slowRetryMs: number;
  /** Whether the page is there from the start. */
  attached: boolean;
}

/** Deviation of a plane's mean, of 255, that encoding a flat picture twice stays well below. */
const tolerance = 10;

/** One installation of the app: its link and relay, and a page that is libwebrtc in this process. */
export class FleetClient {
  readonly link: LinkUnderTest<MediaPort>;
  readonly visits: Visit[] = [];
  /** Longest time between two pictures since `watch`, milliseconds. */
  longestGapMs = 0;
  readonly #page = new VideoClient();
  readonly #colour: [number, number, number];
  #mark = { state: 0, told: 0 };
  #lastFrameAt = performance.now();

  private constructor(index: number, slowRetryMs: number) {
    this.#colour = [60 + ((index * 37) % 160), 70 + ((index * 53) % 120), 70 + ((index * 29) % 120)];
    this.#page.show(flatFrame(128, 96, this.#colour));
    const policy = {
      ...linkPolicy({ ...defaultRecovery, slowRetryMs }),
      // Whoever replaces runners leaves a link ten seconds between two moves; this test does not.
      stableMs: 1_000,
    };
    const settings = {
      // A page that comes late is waited for longer than the balancer's idle time-out, several times.
      pageMs: 60_000,
      // A dozen encoders on two cores may make each other wait; media is not what fails here.
      mediaSilenceMs: 5_000,
    };
    this.link = new LinkUnderTest(createRelay(), { policy, settings });
    this.link.host.subscribe((event) => {
      if (event.type === 'resumable' && event.ticket !== null)
        this.visits.push({ runner: runnerIn(event.ticket.url), how: 'new' });
      if (event.type === 'timeline' && event.entry.what === 'Session taken up again')
        this.visits.at(-1)!.how = 'resumed';
    });
    void this.#page.seen(() => this.#sawFrame());
  }

  /** @param index Tells its picture from those of others. */
  static async start(
    url: string,
    index: number,
    { slowRetryMs = defaultRecovery.slowRetryMs, attached = true }: Partial<FleetClientOptions> = {},
  ): Promise<FleetClient> {
    const client = new FleetClient(index, slowRetryMs);
    if (attached) await client.attach();
    client.link.start(url, { token, pipelineId: 'passthrough', parameters: {} });
    return client;
  }

  async attach(): Promise<void> {
    const attached = await this.link.host.attachPage(await this.#page.offer());
    if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
    await this.#page.accept(attached.value.sdp);
  }

  /** The id of the runner whose session it has. */
  get at(): string {
    return this.visits.at(-1)?.runner ?? 'nowhere';
  }

  /** Sessions that it began on a runner, in all of that runner's lives. */
  sessionsAt(id: string): number {
    return this.visits.filter(({ runner, how }) => runner === id && how === 'new').length;
  }

  /** From here on phases and the longest gap are noted anew. */
  watch(): void {
    this.#mark = { state: this.link.states.length, told: this.link.told('timeline').length };
    this.longestGapMs = 0;
    this.#lastFrameAt = performance.now();
  }

  /** Phases that the link has been in since `watch`, each once, in order of their first time. */
  get phases(): string[] {
    return [...new Set(this.link.states.slice(this.#mark.state).map(({ phase }) => phase))];
  }

  /** Lines of the link's history since `watch`. */
  get told(): string[] {
    return this.link.told('timeline').slice(this.#mark.told);
  }

  /** Live on a runner that fits. */
  async liveAt(fits: (runner: string) => boolean): Promise<void> {
    await this.link.phase('live', () => fits(this.at));
  }

  /** The page shows its own picture, and it goes on. */
  async moves(): Promise<void> {
    for (let frame = 0; frame < 5; frame += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one picture after the other
      await this.#page.seen((picture) => isFlat(picture, this.#colour, tolerance));
    }
  }

  async close(): Promise<void> {
    await this.link.host.dispose();
    this.#page.close();
  }

  /** @returns False: what waits for a picture goes on waiting. */
  #sawFrame(): false {
    const now = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, now - this.#lastFrameAt);
    this.#lastFrameAt = now;
    return false;
  }
}

/** A runner gives its own address to come back to: `/r/ID/ws`. */
function runnerIn(url: string): string {
  const id = /\/r\/([^/]+)\/ws$/.exec(new URL(url).pathname)?.[1];
  if (id === undefined) throw new Error(`${url} is no address of one runner`);
  return id;
}
