import type { Browser } from 'playwright';
import { createLinkHost } from '../../main/link/create-link-host.ts';
import type { LinkHost } from '../../main/link/host.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { eventually } from '../../scripts/drive/eventually.ts';
import { startFaultProxy, type FaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { TestPage } from '../../tests/relay/rig.ts';
import { Chronicle } from './chronicle.ts';
import { CountedClock } from './counted-clock.ts';
import { CountedLegs } from './counted-legs.ts';
import { soakDefaults, soakPolicy, soakSettings } from './defaults.ts';
import { RunnerFamily } from './runner-family.ts';
import { scrape } from './scrape.ts';
import { parametersOf, type PipelineId, type Wishes } from './wishes.ts';

interface Parts {
  page: TestPage;
  host: LinkHost;
  runner: RunnerFamily;
  proxy: FaultProxy;
  chronicle: Chronicle;
  legs: CountedLegs;
  clock: CountedClock;
}

/**
 * A page in Chromium, relay, link, a proxy that breaks connections, and a runner in a process of its own: all of it
 * real. Holds nothing of what is over, so that what grows is the app's.
 */
export class Stage {
  readonly page: TestPage;
  readonly host: LinkHost;
  readonly runner: RunnerFamily;
  readonly proxy: FaultProxy;
  readonly chronicle: Chronicle;
  readonly legs: CountedLegs;
  readonly clock: CountedClock;
  wishes: Wishes = { pipelineId: 'sketch', colour: 'blue' };

  private constructor({ page, host, runner, proxy, chronicle, legs, clock }: Parts) {
    this.page = page;
    this.host = host;
    this.runner = runner;
    this.proxy = proxy;
    this.chronicle = chronicle;
    this.legs = legs;
    this.clock = clock;
  }

  static async open(browser: Browser): Promise<Stage> {
    const [runner, page] = await Promise.all([RunnerFamily.start(), TestPage.open(browser)]);
    const proxy = await startFaultProxy(runner.port);
    const legs = new CountedLegs();
    const clock = new CountedClock();
    const chronicle = new Chronicle();
    const host = createLinkHost({
      media: legs.wrap(createRelay({ tap: legs.tap })),
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
    return new Stage({ page, host, runner, proxy, chronicle, legs, clock });
  }

  /** Starts the link, or moves a started one to what is wished. A first failure is recovered from like a loss. */
  start(): void {
    this.host.start({
      name: 'soak',
      url: `ws://127.0.0.1:${this.proxy.port}/ws`,
      token: null,
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
      'That the runner has no session',
      async () => {
        const held = await scrape(this.runner.port);
        return held !== null && held.attached + held.lingering === 0 ? held : null;
      },
      hangMs,
    );
    await this.abandon();
    await eventually('That no process of the runner is left', () => this.runner.left().length === 0 || null);
    if (this.legs.open !== 0) throw new Error(`${this.legs.open} peer connections are left`);
    if (this.clock.pending !== 0) throw new Error(`${this.clock.pending} timers of the link are left`);
  }

  /** The same by force, after a failure. */
  async abandon(): Promise<void> {
    await this.host.dispose();
    await this.proxy.close();
    await this.page.page.close();
    this.runner.goOn();
    await this.runner.end('SIGTERM');
  }
}
