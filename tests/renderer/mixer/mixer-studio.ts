import { chromium, type Browser, type Page } from 'playwright';
import type { MixPolicy } from '../../../renderer/mixer/mixer-message.ts';
import type { FrameSize } from '../../../shared/settings/schema.ts';
import { auditFrames } from './audit-frames.ts';
import { buildTestPage, type BuiltTestPage } from '../build-test-page.ts';
import { servePage, type PageServer } from '../serve-page.ts';

export interface OpenedMixer {
  page: Page;
  /** Errors and warnings on the console, of page and worker. */
  complaints: string[];
  /** Frames that the mixer's worker got or made, and those among them that it has not closed. */
  frames: () => Promise<{ noted: number; open: number }>;
  close: () => Promise<void>;
}

/** The mixer, built by the app's own settings into a page that plays cloud and engine, and a browser. */
export class MixerStudio {
  readonly #built: BuiltTestPage;
  readonly #server: PageServer;
  readonly #browser: Browser;

  private constructor(built: BuiltTestPage, server: PageServer, browser: Browser) {
    this.#built = built;
    this.#server = server;
    this.#browser = browser;
  }

  static async create(): Promise<MixerStudio> {
    const built = await buildTestPage(import.meta.dirname);
    const browser = await chromium.launch({
      executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--autoplay-policy=no-user-gesture-required',
        '--allow-loopback-in-peer-connection',
        '--disable-features=WebRtcHideLocalIpsWithMdns',
      ],
    });
    return new MixerStudio(built, await servePage(built.folder), browser);
  }

  async open(size: FrameSize, policy: MixPolicy): Promise<OpenedMixer> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(this.#server.origin);
    await page.evaluate(({ size, policy }) => window.begin(size, policy), { size, policy });
    return {
      page,
      complaints,
      frames: await auditFrames(page),
      close: () => context.close(),
    };
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    await this.#built.dispose();
  }
}
