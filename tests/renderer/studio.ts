import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { buildPage, type BuiltPage } from './build-page.ts';
import type { BridgeCall, FakeOptions } from './fake-options.ts';
import { fakePipelines } from './fake-pipelines.ts';
import { servePage, type PageServer } from './serve-page.ts';

const defaults: FakeOptions = {
  info: { pipelines: fakePipelines },
  goesLive: true,
  filter: 'invert(1)',
  silent: false,
  endpointTest: { ok: false, problem: { kind: 'unreachable', code: 'ECONNREFUSED' } },
  runnersFault: null,
  foundRunners: [],
  captureSources: [],
  recordingProblem: null,
  pickedFile: null,
  pickedModel: null,
  reopenedFile: null,
};

export interface OpenedPage {
  page: Page;
  /** Everything that would be wrong in any test: uncaught errors, errors on the console, refused content. */
  complaints: string[];
  calls: (method?: string) => Promise<BridgeCall[]>;
  close: () => Promise<void>;
}

/** The built page, its server and a browser: made once per test file. */
export class Studio {
  readonly #built: BuiltPage;
  readonly server: PageServer;
  readonly #browser: Browser;

  constructor(built: BuiltPage, server: PageServer, browser: Browser) {
    this.#built = built;
    this.server = server;
    this.#browser = browser;
  }

  static async create(): Promise<Studio> {
    const built = await buildPage();
    const server = await servePage(built.folder);
    const browser = await chromium.launch({
      executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream=fps=30',
        '--use-fake-ui-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--disable-features=WebRtcHideLocalIpsWithMdns',
      ],
    });
    return new Studio(built, server, browser);
  }

  async open(
    options: Partial<FakeOptions> = {},
    look: BrowserContextOptions = {},
    prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<OpenedPage> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['camera'],
      ...look,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const given = { ...defaults, ...options, info: { ...defaults.info, ...options.info } };
    await page.addInitScript(`window.fakeOptions = ${JSON.stringify(given)};`);
    await page.addInitScript(this.#built.fakeMain);
    await prepare(page);
    await page.goto(this.server.origin);
    return {
      page,
      complaints,
      calls: async (method) => {
        const all = await page.evaluate(() => window.fakeMain.calls);
        return method === undefined ? all : all.filter((call) => call.method === method);
      },
      close: () => context.close(),
    };
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.server.close();
    await this.#built.dispose();
  }
}
