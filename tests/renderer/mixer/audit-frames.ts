import type { Page } from 'playwright';

/** What the audit leaves in the worker. */
interface Audited {
  frames: VideoFrame[];
  /** Frames that came in or were made and are not closed yet. */
  open: () => number;
}

/**
 * Has the page's one worker note every frame that it reads, is sent or makes, from now on. Chromium's own warning of
 * unclosed frames knows only some of them, and comes ten seconds late.
 *
 * @returns How many frames were noted and how many of those are open now.
 */
export async function auditFrames(page: Page): Promise<() => Promise<{ noted: number; open: number }>> {
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker'));
  await worker.evaluate(() => {
    const frames: VideoFrame[] = [];
    const audited: Audited = { frames, open: () => frames.filter(({ format }) => format !== null).length };
    Object.assign(globalThis, { audited });
    const note = (value: unknown): void => {
      if (value instanceof VideoFrame && !frames.includes(value)) frames.push(value);
    };
    const Made = VideoFrame;
    globalThis.VideoFrame = new Proxy(Made, {
      construct: (_target, given: ConstructorParameters<typeof VideoFrame>) => {
        const frame = new Made(...given);
        frames.push(frame);
        return frame;
      },
    });
    const reader = ReadableStreamDefaultReader.prototype as ReadableStreamDefaultReader<unknown>;
    const read = Reflect.get(reader, 'read');
    Object.defineProperty(reader, 'read', {
      async value(this: ReadableStreamDefaultReader<unknown>) {
        const result = await read.call(this);
        note(result.value);
        return result;
      },
    });
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const got = data.get!.call(this) as { frame?: unknown } | null;
        note(got?.frame);
        return got;
      },
    });
  });
  return () =>
    worker.evaluate(() => {
      const { frames, open } = (globalThis as unknown as { audited: Audited }).audited;
      return { noted: frames.length, open: open() };
    });
}
