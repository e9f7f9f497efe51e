import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import config from '../../../electron.vite.config.ts';
import type { MixPolicy } from '../../../renderer/mixer/mixer-message.ts';
import type { FrameSize } from '../../../shared/settings/schema.ts';
import { auditFrames } from './audit-frames.ts';
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
  readonly #folder: string;
  readonly #server: PageServer;
  readonly #browser: Browser;

  private constructor(folder: string, server: PageServer, browser: Browser) {
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  static async create(): Promise<MixerStudio> {
    const folder = await mkdtemp(path.join(tmpdir(), 'linkspan-mixer-'));
    const { renderer } = config as { renderer: { build: object } };
    await build({
      ...renderer,
      root: import.meta.dirname,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: {
        ...renderer.build,
        outDir: folder,
        emptyOutDir: true,
        rollupOptions: { input: path.join(import.meta.dirname, 'index.html') },
      },
    });
    const browser = await chromium.launch({
      executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--autoplay-policy=no-user-gesture-required',
        '--allow-loopback-in-peer-connection',
        '--disable-features=WebRtcHideLocalIpsWithMdns',
      ],
    });
    return new MixerStudio(folder, await servePage(folder), browser);
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
    await rm(this.#folder, { recursive: true, force: true });
  }
}
