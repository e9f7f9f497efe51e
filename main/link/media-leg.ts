import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import {
  UnusableAnswer,
  type MediaCounters,
  type MediaPort,
  type RunnerLeg,
  type RunnerLegListener,
  type RunnerLegOptions,
} from './media-port.ts';
import { startMediaWatch, type MediaWatch } from './media-watch.ts';
import type { ParameterFeed } from './parameters.ts';

type LocalCandidate = Parameters<RunnerLegListener['candidate']>[0];

interface MediaLegListener {
  /** Connected; the first picture is on its way. */
  connected(): void;
  /** It had delivered a picture and broke. Told once. */
  broken(fault: Fault): void;
  /** It delivers nothing although frames are due; `flowing` tells the end of that. */
  stalled(silentMs: number): void;
  flowing(): void;
  /** A message of the runner's on the data channel. */
  message(text: string): void;
}

export interface MediaLegOptions {
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  loopbackOnly: boolean;
  iceServers: RunnerLegOptions['iceServers'];
  parameters: ParameterFeed;
  /** Carries the offer to the runner and brings its answer. */
  exchange(offerSdp: string): Promise<Result<string, Fault>>;
  candidate(candidate: LocalCandidate): void;
  /** Whether frames are due: the page is sending, nothing is paused or being loaded. */
  expected(): boolean;
  listener: MediaLegListener;
}

/**
 * One peer connection to the runner: from the offer to the first picture, each step with its limit, then watched
 * until it ends. It outlives the socket over which it was made.
 */
export class MediaLeg {
  readonly #options: MediaLegOptions;
  readonly #connected = Promise.withResolvers<Result<null, Fault>>();
  readonly #firstFrame = Promise.withResolvers<Result<null, Fault>>();
  #making: Promise<RunnerLeg> | null = null;
  #leg: RunnerLeg | null = null;
  #phase: 'making' | 'delivering' | 'over' = 'making';
  /** What broke while it was being made; it may come in the very tick of the first frame. */
  #broken: Fault | null = null;
  #watch: MediaWatch | null = null;

  constructor(options: MediaLegOptions) {
    this.#options = options;
  }

  get counters(): Readonly<MediaCounters> | null {
    return this.#leg?.counters ?? null;
  }

  /** Sends whatever parameters wait, if the channel is open. */
  flushParameters(): void {
    const leg = this.#leg;
    if (leg !== null && this.#phase !== 'over') this.#options.parameters.flush((text) => leg.send(text));
  }

  /** Resolves once the first picture has come, or with what went wrong. */
  async establish(): Promise<Result<null, Fault>> {
    const { clock, settings, listener } = this.#options;
    if (this.#phase === 'over') return mediaFailed('ended');
    const made = await this.#make();
    if (!made.ok) return made;
    const connected = await within(clock, settings.connectedMs, this.#connected.promise, () =>
      mediaFailed(`No path to the runner was found within ${settings.connectedMs / 1000} s`),
    );
    if (!connected.ok) return connected;
    listener.connected();
    const framed = await within<Result<null, Fault>>(
      clock,
      settings.firstFrameMs,
      this.#firstFrame.promise,
      () => fail({ kind: 'media-stalled', silentMs: settings.firstFrameMs }),
    );
    if (this.#broken !== null) return fail(this.#broken);
    if (framed.ok && this.#phase === 'making') this.#deliver();
    return framed;
  }

  /** Ends it, at whatever step it is, and waits until nothing is left. Nothing is told any more. */
  async end(): Promise<void> {
    this.#phase = 'over';
    this.#watch?.stop();
    const over = mediaFailed('ended');
    this.#connected.resolve(over);
    this.#firstFrame.resolve(over);
    // A leg that is still being made has to be waited for, or nobody would close it.
    await this.#making?.then((leg) => leg.close()).catch(() => undefined);
  }

  async #make(): Promise<Result<null, Fault>> {
    const { media, clock, settings, iceServers, loopbackOnly } = this.#options;
    let refusal: Fault | null = null;
    const exchange = async (offerSdp: string): Promise<string> => {
      if (this.#isOver()) throw new Error('Nobody wants it any more');
      const answer = await this.#options.exchange(offerSdp);
      if (answer.ok) return answer.value;
      refusal = answer.problem;
      throw new Error('The runner refused the offer');
    };
    this.#making = media.connectRunner({ iceServers, loopbackOnly, exchange, listener: this.#listener() });
    const limit = settings.offerMs + settings.connectedMs;
    try {
      return await within(
        clock,
        limit,
        this.#making.then((leg) => this.#keep(leg)),
        () => mediaFailed(`No connection was made within ${limit / 1000} s`),
      );
    } catch (error) {
      if (refusal !== null) return fail(refusal);
      if (error instanceof UnusableAnswer)
        return fail({ kind: 'protocol', detail: `Its answer to the offer: ${error.message}` });
      return mediaFailed(error instanceof Error ? error.message : String(error));
    }
  }

  /** It may end while it is being made, which TypeScript's narrowing does not see. */
  #isOver(): boolean {
    return this.#phase === 'over';
  }

  #keep(leg: RunnerLeg): Result<null, Fault> {
    this.#leg = leg;
    return ok(null);
  }

  #deliver(): void {
    this.#phase = 'delivering';
    const { clock, settings, listener } = this.#options;
    this.#watch = startMediaWatch({
      clock,
      settings,
      frames: this.#leg!.frames,
      heardAt: () => this.#leg!.heardAt,
      expected: () => this.#options.expected(),
      onStalled: (silentMs) => listener.stalled(silentMs),
      onFlowing: () => listener.flowing(),
    });
  }

  #listener(): RunnerLegListener {
    return {
      connected: () => this.#connected.resolve(ok(null)),
      failed: (detail) => this.#broke(detail),
      channelOpen: () => this.flushParameters(),
      channelClosed: () => this.#broke('The runner closed the data channel'),
      message: (text) => this.#options.listener.message(text),
      firstFrame: () => this.#firstFrame.resolve(ok(null)),
      candidate: (candidate) => this.#options.candidate(candidate),
    };
  }

  #broke(detail: string): void {
    const before = this.#phase;
    if (before === 'over') return;
    const failed = mediaFailed(detail);
    if (before === 'making') {
      this.#broken ??= failed.problem;
      this.#connected.resolve(failed);
      this.#firstFrame.resolve(failed);
      return;
    }
    this.#phase = 'over';
    this.#watch?.stop();
    this.#options.listener.broken(failed.problem);
  }
}

const mediaFailed = (detail: string): { ok: false; problem: Fault } => fail({ kind: 'media-failed', detail });
