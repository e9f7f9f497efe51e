import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import type { MediaPort, RunnerLeg, RunnerLegListener } from '../../main/link/media-port.ts';

const here = import.meta.dirname;

/** Chromium as the stand-in starts it: no throttling of a window that nobody looks at. */
const browserFlags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

export async function launchBrowser(extraFlags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: false,
    args: [...browserFlags, ...extraFlags],
  });
}

export interface PageOptions {
  width?: number;
  height?: number;
  framesPerSecond?: number;
  codec?: string;
  audio?: boolean;
}

/** A window with the one peer connection that it keeps. */
export class TestPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser): Promise<TestPage> {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ path: path.join(here, 'page-under-test.js') });
    return new TestPage(page);
  }

  /** Calls a method of `window.linkspan`. */
  async call<T>(method: string, argument?: unknown): Promise<T> {
    return this.page.evaluate<T>(`linkspan.${method}(${JSON.stringify(argument) ?? ''})`);
  }

  async read<T>(name: string): Promise<T> {
    return this.page.evaluate<T>(`linkspan.state.${name}`);
  }

  async attach(relay: MediaPort, options: PageOptions = {}): Promise<{ offer: string; answer: string }> {
    const offer = await this.call<string>('offer', options);
    const answer = await relay.attachPage(offer);
    await this.call('answer', answer);
    return { offer, answer };
  }
}

/** A runner process; `exchange` is what a leg needs of it. */
export class TestRunner {
  readonly process: ChildProcess;
  offer = '';

  private constructor(child: ChildProcess) {
    this.process = child;
  }

  static async start(): Promise<TestRunner> {
    const child = fork(path.join(here, 'echo-runner.ts'));
    await once(child, 'message');
    return new TestRunner(child);
  }

  exchange = async (offer: string, options: { withoutData?: boolean } = {}): Promise<string> => {
    this.offer = offer;
    this.process.send({ offer, ...options });
    const [message] = (await once(this.process, 'message')) as [{ answer?: string; error?: string }];
    if (message.answer === undefined) throw new Error(message.error);
    return message.answer;
  };

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }
}

type LegEvent =
  | { type: 'connected' | 'channelOpen' | 'channelClosed' | 'firstFrame' }
  | { type: 'failed' | 'message'; text: string };

/** Writes down what a leg tells, and waits for it. */
export class LegRecorder implements RunnerLegListener {
  readonly events: LegEvent[] = [];
  readonly candidates: string[] = [];
  #waiting: (() => void)[] = [];

  connected(): void {
    this.#add({ type: 'connected' });
  }
  failed(text: string): void {
    this.#add({ type: 'failed', text });
  }
  channelOpen(): void {
    this.#add({ type: 'channelOpen' });
  }
  channelClosed(): void {
    this.#add({ type: 'channelClosed' });
  }
  message(text: string): void {
    this.#add({ type: 'message', text });
  }
  firstFrame(): void {
    this.#add({ type: 'firstFrame' });
  }
  candidate(candidate: { candidate: string } | null): void {
    this.candidates.push(candidate?.candidate ?? 'end');
  }

  has(type: LegEvent['type']): boolean {
    return this.events.some((event) => event.type === type);
  }

  texts(type: 'failed' | 'message'): string[] {
    return this.events.flatMap((event) => (event.type === type && 'text' in event ? [event.text] : []));
  }

  async until(type: LegEvent['type'], count = 1): Promise<void> {
    while (this.events.filter((event) => event.type === type).length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #add(event: LegEvent): void {
    this.events.push(event);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}

/** A leg to a runner on this machine. */
export async function connect(
  relay: MediaPort,
  runner: Pick<TestRunner, 'exchange'>,
  exchange = (offer: string) => runner.exchange(offer),
): Promise<{ leg: RunnerLeg; heard: LegRecorder }> {
  const heard = new LegRecorder();
  const leg = await relay.connectRunner({ iceServers: [], loopbackOnly: true, exchange, listener: heard });
  return { leg, heard };
}
