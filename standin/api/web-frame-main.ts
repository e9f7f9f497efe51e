import { originOf } from '../chromium/reserved-origin.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import type { WebContents } from './web-contents.ts';

type FrameMembers = Pick<
  Electron.WebFrameMain,
  | 'executeJavaScript'
  | 'frames'
  | 'framesInSubtree'
  | 'isDestroyed'
  | 'name'
  | 'origin'
  | 'processId'
  | 'routingId'
  | 'send'
  | 'url'
>;

/** The main frame of a window; preload scripts run in no other. */
export class WebFrameMain extends StrictEmitter implements Omit<FrameMembers, 'frames' | 'framesInSubtree'> {
  static override readonly events: readonly string[] = ['dom-ready'];

  readonly #contents: WebContents;
  readonly routingId = 1;
  readonly frameTreeNodeId = 1;
  readonly name = '';
  readonly parent = null;

  constructor(contents: WebContents) {
    super();
    this.#contents = contents;
  }

  get url(): string {
    return this.#contents.getURL();
  }

  /** `app://host`, without the slash that permission handlers get. */
  get origin(): string {
    return originOf(this.url);
  }

  /** A number per window; Chromium's own is not known. */
  get processId(): number {
    return this.#contents.getProcessId();
  }

  /** Itself: it is the main frame. */
  get top(): this {
    return this;
  }

  isDestroyed(): boolean {
    return this.#contents.isDestroyed();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#contents.executeJavaScript(code);
  }
}
