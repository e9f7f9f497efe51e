import type { Browser } from 'playwright';
import { createLinkHost } from '../../main/link/create-link-host.ts';
import type { LinkHost } from '../../main/link/host.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { eventually } from '../../scripts/drive/eventually.ts';
import type { FaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { TestPage } from '../../tests/relay/rig.ts';
import { Chronicle } from './chronicle.ts';
import { CountedClock } from './counted-clock.ts';
import { CountedLegs } from './counted-legs.ts';
import { soakDefaults, soakPolicy, soakSettings } from './defaults.ts';
import { LegFaults } from './leg-faults.ts';
import { SoakPlace } from './soak-place.ts';
import type { RunnerFamily } from './runner-family.ts';
import { scrapeAll, type Holdings } from './scrape.ts';
import { parametersOf, type PipelineId, type Wishes } from './wishes.ts';

interface Parts {
  page: TestPage;
  host: LinkHost;
  places: readonly [SoakPlace, SoakPlace];
  chronicle: Chronicle;
  legs: CountedLegs;
  legFaults: LegFaults;
  clock: CountedClock;
}

/**
 * A page in Chromium, relay, link, and two runners in processes of their own, each behind proxies that break
 * connections: all of it real. Holds nothing of what is over, so that what grows is the app's.
 */
export class Stage {
  readonly page: TestPage;
  readonly host: LinkHost;
  readonly places: readonly [SoakPlace, SoakPlace];
  readonly chronicle: Chronicle;
  readonly legs: CountedLegs;
  readonly legFaults: LegFaults;
  readonly clock: CountedClock;
  wishes: Wishes = { pipelineId: 'sketch', colour: 'blue' };

  private constructor({ page, host, places, chronicle, legs, legFaults, clock }: Parts) {
    this.page = page;
    this.host = host;
    this.places = places;
    this.chronicle = chronicle;
    this.legs = legs;
    this.legFaults = legFaults;
    this.clock = clock;
  }

  static async open(browser: Browser): Promise<Stage> {
    const [first, second, page] = await Promise.all([
      SoakPlace.open('first'),
      SoakPlace.open('second'),
      TestPage.open(browser),
    ]);
    const legs = new CountedLegs();
    const legFaults = new LegFaults();
    const clock = new CountedClock();
    const chronicle = new Chronicle();
    const host = createLinkHost({
      media: legs.wrap(legFaults.wrap(createRelay({ tap: legs.tap }))),
      log: (level, text) => {
        if (level === 'error') chronicle.note(`(error) ${text}`);
      },
      clock,
      settings: soakSettings,
      policy: soakPolicy,
    });
    host.subscribe((event) => chronicle.hear(event));
    const attached = await host.attachPage(await page.call('offer', { width: 256, height: 256 }));
    if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
    await page.call('answer', attached.value.sdp);
    return new Stage({ page, host, places: [first, second], chronicle, legs, legFaults, clock });
  }

  /** Where the link is, or the first where it is nowhere. */
  get place(): SoakPlace {
    const name = this.host.status().endpoint?.name;
    return this.places.find((place) => place.name === name) ?? this.places[0];
  }

  /** Of the place where the link is. */
  get runner(): RunnerFamily {
    return this.place.runner;
  }

  /** Of the place where the link is. */
  get proxy(): FaultProxy {
    return this.place.proxy;
  }

  /** What all runners hold together. */
  holdings(): Promise<Holdings> {
    return scrapeAll(this.places.map(({ runner }) => runner.port));
  }

  /** Starts the link, or moves a started one to what is wished. A first failure is recovered from like a loss. */
  start(): void {
    const [first, second] = this.places;
    this.host.start({
      ...first.target,
      fallbacks: [second.target],
      userId: 'soak',
      pipelineId: this.wishes.pipelineId,
      parameters: parametersOf(this.wishes),
      onFirstFailure: 'retry',
    });
  }

  change(wishes: Partial<Wishes>): void {
    const { pipelineId } = this.wishes;
    this.wishes = { ...this.wishes, ...wishes };
    if (this.wishes.pipelineId !== pipelineId) return this.start();
    this.host.setParameters(parametersOf(this.wishes), pipelineId);
  }

  /** A load that was lost with its runner leaves the pipeline of before in force, and the user is told. */
  acceptPipeline(): void {
    const { pipelineId } = this.host.status();
    if (pipelineId !== null) this.wishes = { ...this.wishes, pipelineId: pipelineId as PipelineId };
  }

  /** Mean red, green and blue (0–255) of the picture that the page shows now. */
  colour(): Promise<[number, number, number]> {
    return this.page.page.evaluate<[number, number, number]>(`(() => {
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d');
      context.drawImage(document.querySelector('video'), 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    })()`);
  }

  /**
   * Ends the link as a user does and takes everything down.
   *
   * @throws {Error} If a session, process, peer connection or timer outlives that.
   */
  async close(): Promise<void> {
    const { hangMs } = soakDefaults;
    await this.host.stop();
    await this.host.detachPage();
    await eventually(
      'That no runner has a session',
      async () => {
        const held = await this.holdings();
        return held.away + held.attached + held.lingering === 0 || null;
      },
      hangMs,
    );
    await this.abandon();
    const left = (): number[] => this.places.flatMap(({ runner }) => runner.left());
    await eventually('That no process of a runner is left', () => left().length === 0 || null);
    if (this.legs.open !== 0) throw new Error(`${this.legs.open} peer connections are left`);
    if (this.clock.pending !== 0) throw new Error(`${this.clock.pending} timers of the link are left`);
  }

  /** The same by force, after a failure. */
  async abandon(): Promise<void> {
    await this.host.dispose();
    await this.legFaults.close();
    await this.page.page.close();
    await Promise.all(this.places.map((place) => place.close()));
  }
}
