import type { Browser } from 'playwright';
import type { LinkHostOptions } from '../../main/link/create-link-host.ts';
import type { LinkTarget } from '../../main/link/host.ts';
import type { MediaPort, RunnerLeg } from '../../main/link/media-port.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { TestPage } from '../relay/rig.ts';
import { LinkUnderTest } from './link-under-test.ts';

/** A page, the relay and a link, whose runner legs a test can freeze. Everything is real. */
export class LiveLink {
  readonly page: TestPage;
  readonly link: LinkUnderTest<MediaPort>;
  readonly #frozen: Set<RunnerLeg>;
  readonly #legs: RunnerLeg[];

  private constructor(
    page: TestPage,
    link: LinkUnderTest<MediaPort>,
    frozen: Set<RunnerLeg>,
    legs: RunnerLeg[],
  ) {
    this.page = page;
    this.link = link;
    this.#frozen = frozen;
    this.#legs = legs;
  }

  static async open(
    browser: Browser,
    options: Omit<LinkHostOptions, 'media' | 'log'> = {},
    wrap: (media: MediaPort) => MediaPort = (media) => media,
  ): Promise<LiveLink> {
    const page = await TestPage.open(browser);
    const frozen = new Set<RunnerLeg>();
    const legs: RunnerLeg[] = [];
    const tap = {
      fromRunner(leg: RunnerLeg): 'pass' | 'drop' {
        if (legs.at(-1) !== leg && !legs.includes(leg)) legs.push(leg);
        return frozen.has(leg) ? 'drop' : 'pass';
      },
    };
    const link = new LinkUnderTest(wrap(createRelay({ tap })), options);
    const offer = await page.call<string>('offer', { width: 256, height: 256 });
    const attached = await link.host.attachPage(offer);
    if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
    await page.call('answer', attached.value.sdp);
    return new LiveLink(page, link, frozen, legs);
  }

  /** Starts and waits until the page shows the runner's picture. */
  async live(url: string, more: Partial<LinkTarget> = {}): Promise<void> {
    this.link.start(url, { parameters: {}, ...more });
    await this.link.phase('live');
    await this.moves();
  }

  /** The picture moves: more frames are shown than were. */
  async moves(frames = 5): Promise<void> {
    await this.page.call('moreFrames', frames);
  }

  /** Runner legs that have delivered anything, in order. */
  get legs(): readonly RunnerLeg[] {
    return this.#legs;
  }

  /** From now on nothing of what the present runner leg delivers gets through; its states stay as they are. */
  freeze(): RunnerLeg {
    const leg = this.#legs.at(-1)!;
    this.#frozen.add(leg);
    return leg;
  }

  thaw(): void {
    this.#frozen.clear();
  }

  async close(): Promise<void> {
    await this.link.host.dispose();
    await this.page.page.close();
  }
}
