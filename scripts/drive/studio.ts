import type { Locator, Page } from 'playwright';
import type { Shown } from '../../shared/bridge/shown.ts';
import type { Route } from '../../shared/settings/schema.ts';
import type { LinkPhase } from '../../shared/link/state.ts';
import type { Panel } from '../../renderer/state/app-state.ts';

/** A cold runner loads native modules and a model before its first picture: seconds on a busy machine. */
const phaseTimeoutMs = 40_000;

/** The app's one screen, by what a user does on it. */
export class Studio {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async show(panel: Panel): Promise<void> {
    await this.part(`tab-${panel}`).click();
  }

  async chooseCamera(): Promise<void> {
    await this.show('source');
    await this.part('source-camera').click();
  }

  async choosePattern(): Promise<void> {
    await this.show('source');
    await this.part('source-pattern').click();
  }

  async choosePipeline(id: string): Promise<void> {
    await this.show('pipeline');
    await this.part(`pipeline-${id}`).click();
  }

  /** Id of the pipeline that is chosen. */
  async pipeline(): Promise<string> {
    await this.show('pipeline');
    const card = this.page.locator('[data-testid^="pipeline-"][aria-pressed="true"]');
    return ((await card.getAttribute('data-testid')) ?? '').replace('pipeline-', '');
  }

  /** @param hex As in `#cfe8ff`. */
  async setColour(parameter: string, hex: string): Promise<void> {
    await this.show('pipeline');
    await this.part(`parameter-${parameter}`).locator('input[type=color]').fill(hex);
  }

  async typeEndpoint(url: string, token = ''): Promise<void> {
    await this.show('endpoint');
    const [add, field] = [this.part('runner-add'), this.part('endpoint-url')];
    // As long as there is no runner the form is there unasked.
    await add.or(field).first().waitFor();
    if (await add.isVisible()) await add.click();
    await field.fill(url);
    await this.part('endpoint-token').fill(token);
  }

  async useEndpoint(url: string, token = ''): Promise<void> {
    await this.typeEndpoint(url, token);
    await this.part('endpoint-save').click();
  }

  /** Puts a runner at the end of the list. */
  async addRunner(url: string, name: string): Promise<void> {
    await this.typeEndpoint(url);
    await this.part('endpoint-name').fill(name);
    await this.part('endpoint-add').click();
  }

  /** Waits until the link is in this phase. */
  async reached(phase: LinkPhase, timeoutMs = phaseTimeoutMs): Promise<void> {
    const indicator = this.page.locator(`[data-testid="link-status"][data-phase="${phase}"]`);
    await indicator.waitFor({ timeout: timeoutMs });
  }

  /** Waits until the picture on screen is this one. */
  async shows(kind: Shown['kind'], timeoutMs = phaseTimeoutMs): Promise<void> {
    await this.page.locator(`[data-testid="shown"][data-shown="${kind}"]`).waitFor({ timeout: timeoutMs });
  }

  async chooseRoute(route: Route): Promise<void> {
    await this.part(`route-${route}`).click();
  }

  /** Frames of the output shown so far, by the app's own count. */
  async framesShown(): Promise<number> {
    return Number((await this.part('output-video').getAttribute('data-frames')) ?? 0);
  }

  /** Waits until that many more frames of the output have been shown. */
  async showsFrames(more: number, timeoutMs = phaseTimeoutMs): Promise<void> {
    const wanted = (await this.framesShown()) + more;
    await this.page.waitForFunction(
      (frames) => {
        const video = document.querySelector<HTMLElement>('[data-testid="output-video"]');
        return Number(video?.dataset['frames'] ?? 0) >= frames;
      },
      wanted,
      { timeout: timeoutMs },
    );
  }
}
