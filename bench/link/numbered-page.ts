import path from 'node:path';
import type { Browser, Page } from 'playwright';
import type { Glimpse } from './sightings.ts';

const script = path.join(import.meta.dirname, 'numbered-page.js');
/** The shortest of some round trips tells best how far the clocks are apart. */
const comparisons = 5;

/** A window that sends numbered frames at 30 a second and sees which of them are shown. */
export class NumberedPage {
  readonly #page: Page;
  /** Added to the page's `performance.now()` to get that of this process. */
  readonly #clockMs: number;

  private constructor(page: Page, clockMs: number) {
    this.#page = page;
    this.#clockMs = clockMs;
  }

  static async open(browser: Browser): Promise<NumberedPage> {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ path: script });
    return new NumberedPage(page, await clockDifference(page));
  }

  offer(size: { width: number; height: number }): Promise<string> {
    return this.#page.evaluate<string>(`numbered.offer(${JSON.stringify(size)})`);
  }

  answer(sdp: string): Promise<void> {
    return this.#page.evaluate<void>(`numbered.answer(${JSON.stringify(sdp)})`);
  }

  /** What was shown since the last call, in this process's `performance.now()`, and the number drawn last. */
  async take(): Promise<{ glimpses: Glimpse[]; drawn: number }> {
    const { glimpses, drawn } = await this.#page.evaluate<{ glimpses: Glimpse[]; drawn: number }>(
      'numbered.take()',
    );
    return { glimpses: glimpses.map((glimpse) => ({ ...glimpse, at: glimpse.at + this.#clockMs })), drawn };
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

async function clockDifference(page: Page): Promise<number> {
  let best = { tookMs: Infinity, clockMs: 0 };
  for (let n = 0; n < comparisons; n += 1) {
    const askedAt = performance.now();
    const there = await page.evaluate<number>('numbered.now()');
    const tookMs = performance.now() - askedAt;
    if (tookMs < best.tookMs) best = { tookMs, clockMs: askedAt + tookMs / 2 - there };
  }
  return best.clockMs;
}
